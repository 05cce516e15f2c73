# Why this is the best form known: COPY is PostgreSQL's fastest way in, one durable transaction of a
# thousand events (fsync and synchronous_commit on, as by default); streams are numbers and event ids rise
# with time, so that both unique indexes are written at their ends; a gigabyte of log before a checkpoint.
# The commands are written into a file beforehand; only their run by psql over a local socket is timed.
# It seals nothing, keeps no tree and no view.
#
# The cluster is thrown away. PostgreSQL refuses to run as root: then it runs as the user postgres.
#
#   append_postgres.py EVENTS  ->  "events seconds"
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time

count = int(sys.argv[1])
BATCH, EACH = 1000, 10
programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
path = os.pathsep.join(programs[-1:] + [os.environ["PATH"]])
if not shutil.which("initdb", path=path):
    sys.exit(77)  # PostgreSQL is not there
folder = tempfile.mkdtemp(prefix="wegmarke-postgres-", dir="/tmp")
user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def run(program, *arguments, **options):
    return subprocess.run(
        [shutil.which(program, path=path), *arguments], check=True, cwd=folder,
        stdout=subprocess.DEVNULL, **user, **options)


try:
    with open(f"{folder}/batches.sql", "w", encoding="ascii") as file:
        for first in range(0, count, BATCH):
            file.write("COPY events FROM STDIN;\n")
            for number in range(first, min(first + BATCH, count)):
                stream, version = number // EACH, number % EACH + 1
                file.write(f"{number}\t{stream}\t{version}\t{number:032x}\t{number}\t\\\\x{'78' * 64}\n")
            file.write("\\.\n")
    if user:
        shutil.chown(folder, "postgres", "postgres")
    run("initdb", "-D", f"{folder}/data", "--auth=trust", "--no-sync", "-U", "bench")
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c max_wal_size=1GB"
    run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/server.log", "-o", settings, "start")
    try:
        connection = ["-h", folder, "-U", "bench", "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1"]
        run("psql", *connection, "-c", """CREATE TABLE events(position bigint PRIMARY KEY,
          stream integer NOT NULL, version integer NOT NULL, id uuid NOT NULL UNIQUE,
          recorded_at bigint NOT NULL, payload bytea NOT NULL, UNIQUE(stream, version))""")
        begun = time.perf_counter()
        run("psql", *connection, "-f", f"{folder}/batches.sql")
        seconds = time.perf_counter() - begun
        found = subprocess.run(
            [shutil.which("psql", path=path), *connection, "-At", "-c", "SELECT count(*) FROM events"],
            check=True, cwd=folder, capture_output=True, text=True, **user)
        print(found.stdout.strip(), seconds)
    finally:
        run("pg_ctl", "-D", f"{folder}/data", "-m", "fast", "stop")
finally:
    shutil.rmtree(folder, ignore_errors=True)
