/* Where typing is kept on the device: one entry per form and person, nothing secret in it. */

const ROOT = "nennep.draft.";
const DAYS_KEPT = 30;

function prefix() {
  return `${ROOT}${document.body.dataset.person || "-"}.`;
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

export function get(key) {
  return read(prefix() + key);
}

/** Says whether it was kept: a full or forbidden storage is no reason to break the page. */
export function put(key, draft) {
  try {
    localStorage.setItem(prefix() + key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function drop(key) {
  try {
    localStorage.removeItem(prefix() + key);
  } catch {
    // Nothing was kept, so there is nothing to drop.
  }
}

/** All of this person's drafts, as [key, draft]; what is older than a month is dropped. */
export function all() {
  const oldest = Date.now() - DAYS_KEPT * 86_400_000;
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((n) => n.startsWith(prefix()))) {
      const draft = read(name);
      if (!draft || draft.at < oldest) localStorage.removeItem(name);
      else found.push([name.slice(prefix().length), draft]);
    }
  } catch {
    return [];
  }
  return found;
}
