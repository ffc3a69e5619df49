"""Small faults that can be planted in a program: what there is to change in it, and the change.

Each is one change to one line: a comparison turned, a sign dropped, a number off by one.

Source: https://en.wikipedia.org/wiki/Mutation_testing
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


TYPES = ("dict", "list", "tuple", "type", "Callable", "Iterator", "Mapping", "Sequence")
"""What stands before brackets in the names of types, such as ``Named = dict[str, int]``."""


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the place of the node in it, and what the change is, in words."""

    file: str
    place: int
    line: int
    change: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.change}"


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that are worth a change, always in the same order.

    Left out are texts, annotations, imports, decorators, and what is declared for types alone.
    """
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr):
                continue
            if isinstance(child, ast.FunctionDef) and _is_overload(child):
                continue
            if isinstance(child, ast.AnnAssign) and ast.unparse(child.annotation) == "TypeAlias":
                continue
            if isinstance(child, ast.Assign) and ast.unparse(child.targets[0]) == "__all__":
                continue
            if isinstance(child, ast.Subscript) and ast.unparse(child.value) in TYPES:
                continue
            yield child
            yield from nodes(child)


def _is_overload(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(one) == "overload" for one in function.decorator_list)


def change_of(node: ast.AST) -> str | None:
    """Return what would be changed about a node, in words; None for nothing."""
    match node:
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.AugAssign(op=op) if type(op) in SWAPS:
            return f"{type(op).__name__} becomes {SWAPS[type(op)].__name__}: {ast.unparse(node)}"
        case ast.Compare(ops=[op, *_]):
            return f"{type(op).__name__} becomes {SWAPS[type(op)].__name__}: {ast.unparse(node)}"
        case ast.UnaryOp(op=ast.USub() | ast.Not() | ast.Invert()):
            return f"{type(node.op).__name__} is dropped: {ast.unparse(node)}"
        case ast.Constant(value=bool()):
            return f"{node.value} becomes {not node.value}"
        case ast.Constant(value=int() | float()):
            return f"{node.value} becomes {node.value + 1}"
        case ast.Tuple(elts=[first, second]) if ast.dump(first) != ast.dump(second):
            if isinstance(node.ctx, ast.Load):
                return f"swapped: {ast.unparse(node)}"
    return None


def changed(node: ast.AST) -> ast.AST:
    """Return the node that stands in for another one that `change_of` says something about."""
    new = copy.deepcopy(node)
    match new:
        case ast.Compare():
            new.ops[0] = SWAPS[type(new.ops[0])]()  # type: ignore[assignment]
        case ast.BinOp() | ast.BoolOp() | ast.AugAssign():
            new.op = SWAPS[type(new.op)]()  # type: ignore[assignment]
        case ast.UnaryOp():
            return new.operand
        case ast.Constant(value=bool()):
            new.value = not new.value
        case ast.Constant():
            new.value += 1  # type: ignore[operator]
        case ast.Tuple():
            new.elts.reverse()
    return new


def mutants_of(file: str, text: str) -> list[Mutant]:
    """Return all mutants of a file."""
    found = enumerate(nodes(ast.parse(text)))
    with_changes = ((place, node, change_of(node)) for place, node in found)
    return [
        Mutant(file, place, getattr(node, "lineno", 0), change)
        for place, node, change in with_changes
        if change is not None
    ]


def planted(mutant: Mutant, text: str) -> str:
    r"""Return the text of a file with the mutant in it.

    Examples
    --------
    >>> text = "def half(n):\n    return n // 2"
    >>> for mutant in mutants_of("half.py", text):
    ...     print(planted(mutant, text).splitlines()[1].strip())
    return n * 2
    return n // 3
    """
    tree = ast.parse(text)
    target = next(node for place, node in enumerate(nodes(tree)) if place == mutant.place)

    class Plant(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return changed(node) if node is target else self.generic_visit(node)

    return ast.unparse(ast.fix_missing_locations(Plant().visit(tree)))


def reach(mutant: Mutant, text: str) -> range:
    r"""Return the lines that run when a mutant may be noticed.

    For what is worked out once, at import, these are the lines of all that stands in the same
    function, class or file.

    Examples
    --------
    >>> text = "LIMIT = 3\n\ndef half(n=1):\n    n += LIMIT\n    return n // 2"
    >>> [reach(mutant, text) for mutant in mutants_of("half.py", text)]
    [range(1, 6), range(3, 6), range(4, 5), range(5, 6), range(5, 6)]
    """
    tree = ast.parse(text)
    target = next(node for place, node in enumerate(nodes(tree)) if place == mutant.place)
    holders = [one for one in _path(tree, target) if isinstance(one, (ast.stmt, ast.Module))]
    inner = holders[-1]
    if isinstance(inner, ast.FunctionDef | ast.ClassDef):
        return _lines(inner)
    if not any(isinstance(one, ast.FunctionDef) for one in holders):
        classes = [one for one in holders if isinstance(one, ast.ClassDef)]
        return _lines(classes[-1]) if classes else range(1, text.count("\n") + 2)
    body = getattr(inner, "body", None)
    return range(inner.lineno, body[0].lineno) if body else _lines(inner)


def _path(tree: ast.AST, target: ast.AST) -> list[ast.AST]:
    """Return the nodes from a tree down to one node of it; nothing if it is not there."""
    if tree is target:
        return [tree]
    below = (_path(child, target) for child in ast.iter_child_nodes(tree))
    return next(([tree, *path] for path in below if path), [])


def _lines(statement: ast.stmt) -> range:
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
