#!/usr/bin/env python
from nennep.config.command import main

if __name__ == "__main__":
    main()
