# Serves the operations of one matrix row: reads "op times" a line, writes the seconds that
# so many calls took, timed here. The matrices come as files of float64.
import signal
import sys
import time

import numpy as np

if len(sys.argv) == 1:  # what there is
    print(np.__version__)
    sys.exit()

# An interrupt is for the program that started this one: it ends the input.
signal.signal(signal.SIGINT, signal.SIG_IGN)
op, n = sys.argv[1], int(sys.argv[2])
np.seterr(all="ignore")  # the determinant of 1000 normal numbers a row overflows
a, b = (np.fromfile(path).reshape(n, -1) for path in sys.argv[3:5])
out = np.empty((n, b.shape[1]))
linalg = np.linalg
call = {
    "Mul": lambda: np.matmul(a, b, out=out),
    "Solve": lambda: linalg.solve(a, b),
    "Cholesky": lambda: linalg.cholesky(a),
    "LU": lambda: linalg.det(a),
    "QR": lambda: linalg.qr(a, mode="raw"),
    "Inverse": lambda: linalg.inv(a),
    "SVD": lambda: linalg.svd(a, full_matrices=False),
    "EigenSym": lambda: linalg.eigh(a),
    "Eigen": lambda: linalg.eig(a),
}[op]
print("ready", flush=True)
for line in sys.stdin:
    times = range(int(line))
    start = time.perf_counter()
    for _ in times:
        call()
    print(time.perf_counter() - start, flush=True)
