/* The words that scripts show come with the page, in its language. */

const element = document.getElementById("ui-words");
const words = element ? JSON.parse(element.textContent) : {};

export function say(key, values = {}) {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, String(value)),
    words[key] ?? key,
  );
}

export function clock(moment) {
  return new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false })
    .format(moment);
}

/** 20:15 today; 20:15 6-12-2021 on another day. */
export function when(moment) {
  const time = clock(moment);
  if (moment.toDateString() === new Date().toDateString()) return time;
  return `${time} ${moment.getDate()}-${moment.getMonth() + 1}-${moment.getFullYear()}`;
}
