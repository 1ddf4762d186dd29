"""Many commands of gcloud for the price of one, most of which is that it loads itself: it is loaded once, and forked.

gcloud starts this in the place of its gcloud.py, whose path is the first argument (CLOUDSDK_PYTHON_ARGS). A line of
JSON on stdin is a command: its number `id`, its `args`, its whole `env`, and the `folder` that it writes `stdout` and
`stderr` to. When it has ended, a line of JSON tells its `id` and exit `code`.
"""

import json
import os
import signal
import sys

gcloud_py = sys.argv[1]
sys.path.insert(0, os.path.dirname(gcloud_py))
import gcloud  # noqa: E402
import googlecloudsdk.gcloud_main  # noqa: E402, F401 what takes so long
from googlecloudsdk.core.configurations import named_configs  # noqa: E402


def run(command):
    os.environ.clear()
    os.environ.update(command['env'])
    named_configs.ActivePropertiesFile.Invalidate()  # Loaded already, and others in this environment.
    sys.stdin = open(os.devnull)
    os.dup2(sys.stdin.fileno(), 0)
    for number, name in (1, 'stdout'), (2, 'stderr'):
        os.dup2(os.open(os.path.join(command['folder'], name), os.O_WRONLY | os.O_CREAT), number)
    sys.argv = [gcloud_py, *command['args']]
    gcloud.main()


# Nobody waits for those who wait for the commands.
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in iter(sys.stdin.readline, ''):
    command = json.loads(line)
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        pid = os.fork()
        if pid == 0:
            run(command)
            sys.exit()
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.write(1, (json.dumps({'id': command['id'], 'code': code}) + '\n').encode())
        os._exit(0)
