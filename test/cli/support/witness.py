"""A witness of C2SP tlog-witness that shares no code with Keyward: one log, Ed25519 by the openssl program, everything else by hand.

witness.py FOLDER LOG-VKEY NAME: prints its vkey and its address, then answers POST /add-checkpoint. What it has seen of the log is in
FOLDER/state as JSON. FOLDER/answer, if it is there, is given instead of an answer: its first line is the status.
"""
import base64, hashlib, json, os, struct, subprocess, sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer

folder, log_vkey, name = sys.argv[1:4]
at = lambda file: os.path.join(folder, file)


def openssl(*args, data=b""):
    return subprocess.run(["/usr/bin/openssl", *args], input=data, capture_output=True, check=True).stdout


def key_id(key_name, kind, public):
    return hashlib.sha256(key_name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


if not os.path.exists(at("key.pem")):
    openssl("genpkey", "-algorithm", "ed25519", "-out", at("key.pem"))
public = openssl("pkey", "-in", at("key.pem"), "-pubout", "-outform", "DER")[-32:]
own_id = key_id(name, 4, public)

log_name, log_id, log_key = log_vkey.split("+", 2)
log_public = base64.b64decode(log_key)[1:]


def verified(text, signature):
    with open(at("log.der"), "wb") as der:
        der.write(bytes.fromhex("302a300506032b6570032100") + log_public)
    for file, content in (("text", text), ("signature", signature)):
        with open(at(file), "wb") as out:
            out.write(content)
    how = ["pkeyutl", "-verify", "-pubin", "-inkey", at("log.der"), "-keyform", "DER", "-rawin", "-in", at("text"), "-sigfile", at("signature")]
    return subprocess.run(["/usr/bin/openssl", *how], capture_output=True).returncode == 0


def sign(message):
    with open(at("message"), "wb") as out:
        out.write(message)
    return openssl("pkeyutl", "-sign", "-inkey", at("key.pem"), "-rawin", "-in", at("message"))


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def consistent(first, root1, second, root2, path):
    """RFC 9162 section 2.1.4.2."""
    if first == 0:
        return path == []
    if first == second:
        return path == [] and root1 == root2
    if first > second or not path:
        return False
    path = [root1, *path] if first & (first - 1) == 0 else list(path)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == root1 and sr == root2


def seen():
    try:
        with open(at("state")) as file:
            state = json.load(file)
            return state["size"], base64.b64decode(state["root"])
    except FileNotFoundError:
        return 0, hashlib.sha256(b"").digest()


def add_checkpoint(body):
    head, note = body.split("\n\n", 1)
    old_line, *proof = head.split("\n")
    assert old_line.startswith("old ") and len(proof) <= 63
    old, path = int(old_line[4:]), [base64.b64decode(line) for line in proof]
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    size, root = int(size), base64.b64decode(root)
    if origin != log_name:
        return 404, ""
    lines = [line.split(" ") for line in signatures.strip().split("\n")]
    ours = [base64.b64decode(value) for dash, by, value in lines if by == log_name and base64.b64decode(value)[:4].hex() == log_id]
    if not ours or not all(verified(text.encode(), value[4:]) for value in ours):
        return 403, ""
    if old > size:
        return 400, ""
    known, known_root = seen()
    if old != known or (old == size and root != known_root):
        return 409, f"{known}\n"
    if not consistent(old, known_root, size, root, path):
        return 422, ""
    with open(at("state"), "w") as file:
        json.dump({"size": size, "root": base64.b64encode(root).decode()}, file)
    now = int(time.time())
    signature = sign(f"cosignature/v1\ntime {now}\n{text}".encode())
    value = base64.b64encode(own_id + struct.pack(">Q", now) + signature).decode()
    return 200, f"\u2014 {name} {value}\n"


class Answers(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        with open(at("asked"), "a") as log:
            log.write(json.dumps({"path": self.path, "body": body}) + "\n")
        try:
            with open(at("answer")) as file:
                status, text = file.read().split("\n", 1)
        except FileNotFoundError:
            status, text = add_checkpoint(body) if self.path == "/add-checkpoint" else (404, "")
        self.send_response(int(status))
        self.send_header("content-type", "text/x.tlog.size" if int(status) == 409 else "text/plain")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args):
        pass


server = HTTPServer(("127.0.0.1", 0), Answers)
print(f"{name}+{own_id.hex()}+{base64.b64encode(bytes([4]) + public).decode()}", flush=True)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
