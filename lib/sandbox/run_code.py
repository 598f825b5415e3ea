"""Runs a user's code in the interpreter's own world and answers with ("output", JSON text) or ("error", message). Part of the interpreter's snapshot."""


def _make_runner():
    import builtins
    import json
    import sys
    import traceback
    import types

    file_name = "<code>"

    def plain(value):
        if isinstance(value, (set, frozenset)):
            try:
                return sorted(value)
            except TypeError:
                return list(value)
        kind = type(value).__name__
        raise TypeError(f"a {kind} has no JSON form; convert it first")

    def encode(value):
        try:
            return json.dumps(value, default=plain, allow_nan=False)
        except RecursionError:
            raise ValueError("it is nested too deep") from None
        except ValueError as error:
            if "Out of range float" in str(error):
                raise ValueError("NaN and Infinity have no JSON form") from None
            raise

    def describe(error):
        kind = type(error).__name__
        try:
            text = f"{kind}: {error}" if str(error) else kind
        except BaseException:
            text = kind
        if isinstance(error, SyntaxError):
            line = error.lineno if error.filename == file_name else None
            text = f"{kind}: {error.msg}"
        else:
            frames = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == file_name]
            line = frames[-1] if frames else None
        if isinstance(error, SystemExit):
            text = f"The code called exit with {error.code!r}"
        return f"{text} (line {line})" if line else text

    def run(code, bindings_text):
        main = types.ModuleType("__main__")
        sys.modules["__main__"] = main
        scope = main.__dict__
        bindings = json.loads(bindings_text)
        scope["__builtins__"] = builtins
        scope.update(bindings)
        try:
            exec(compile(code, file_name, "exec", dont_inherit=True), scope)
        except BaseException as error:
            return ("error", describe(error))
        finally:
            for stream in (sys.stdout, sys.stderr):
                try:
                    stream.flush()
                except BaseException:
                    pass
        result = None
        # An upstream block named output or result is not the code's own result.
        for name in ("output", "result"):
            if name in scope and not (name in bindings and scope[name] is bindings[name]):
                result = scope[name]
                break
        try:
            return ("output", encode(result))
        except BaseException as error:
            return ("error", f"The output is not JSON: {describe(error)}")

    return run
