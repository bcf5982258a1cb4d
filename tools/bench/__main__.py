"""Run the benchmarks, every one or those named, each in a process of its own.

python -m tools.bench               all of them
python -m tools.bench chat pages    these

A benchmark is a module here with a `main() -> int`. It prints its figures as a table with the floor of the same run
beside them: this kind of machine is noisy, so ratios count, and medians of several runs.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def names() -> list[str]:
    """Return the subjects there are, in order of their names."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main(wanted: list[str]) -> int:
    """Run what is asked for; the exit code is 1 when one of them failed, 2 for a name that is not there."""
    unknown = [name for name in wanted if name not in names()]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    failed = []
    for name in wanted or names():
        print(f"\n== {name}", flush=True)
        script = f"import sys; from tools.bench.{name} import main; sys.exit(main())"
        if subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
