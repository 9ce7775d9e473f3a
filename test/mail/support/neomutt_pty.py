"""NeoMutt as a person sits before it, in a terminal of its own: neomutt_pty.py send HOME FILE ADDRESS, or read HOME FILE.
`send` writes a mail to ADDRESS with the words of FILE, sees what NeoMutt says of its security, and sends it. `read` opens the mailbox FILE and its first
mail. Prints what the terminal showed."""

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

mode, home, file, address = [*sys.argv[1:], ""][:4]
settings = ["-n", "-F", os.path.join(home, ".neomuttrc")]
more = ["set wait_key = no", "set copy = no", "set abort_unmodified = no", "set crypt_autoencrypt = yes", "set edit_headers = no", "set editor = true", f"set sendmail = '{home}/sendmail'", f"set spool_file = '{home}/inbox'", f"set folder = '{home}'", "set mail_check = 0", "set sleep_time = 0", "set pager_stop = yes"]
commands = [part for line in more for part in ("-e", line)]
where = ["-s", "Results", "-i", file, "--", address] if mode == "send" else ["-f", file]

child, terminal = pty.fork()
if child == 0:
    environment = {"HOME": home, "TERM": "vt100", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
    os.execvpe("neomutt", ["neomutt", *settings, *commands, *where], environment)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 140, 0, 0))
shown = b""


def wait(pattern, seconds=30):
    """Until the terminal has shown it, from now on."""
    global shown
    begin, end = len(shown), time.time() + seconds
    while not re.search(pattern, shown[begin:]):
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                octets = os.read(terminal, 65536)
            except OSError:
                return False
            if not octets:
                return False
            shown += octets
        elif time.time() > end:
            return False
    return True


def press(keys):
    os.write(terminal, keys.encode())


if mode == "send":
    wait(rb"To: |Subject: ", 10)
    for _ in range(4):
        if wait(rb"Security|y:Send", 5):
            break
        press("\r")
    press("y")
    wait(rb"Mail sent|Could not|error|Error|Invalid|not sent", 30)
else:
    wait(rb"q:Quit", 15)
    press("\r")
    wait(rb"End of|Good signature|cannot|could not|Error|error", 30)
    wait(rb"nothing more comes", 2)
    press("qq")
wait(rb"nothing more comes", 1)
try:
    os.kill(child, 9)
except ProcessLookupError:
    pass
sys.stdout.buffer.write(re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|[\x00-\x08\x0e-\x1f]", b" ", shown))
