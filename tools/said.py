"""Find the sentences that readers see, in the source: everything that can come to `say`.

The source is read, not run. From each argument of `say` and `say_number` this follows names back to
where they got their values: in the function, in the module, in another module, in the fields of a
class, or from whoever calls the function whose parameter it is.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

WORD = re.compile(r"[^\W\d_]{2,}|[\d)]\.$")
"""What is worth translating has two letters in a row, or is a sentence of numbers."""
SEPARATORS = {", ", "; "}
"""What stands between the items of a list, where it is said."""
SAYS = {("say", "sentence"), ("say_number", "one"), ("say_number", "many")}
TEXTUAL = re.compile(r"\b(str|Option|Sentences|Any)\b")
"""Types of parameters and fields that texts come through."""
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
NAMELESS = {"Layer", "Convolution", "Pool"}
"""Classes whose names are code."""
UNSAID = {("Kernel", "why"), ("Task", "solution"), ("Task", "mistakes"), ("Exercise", "mistakes")}
"""Fields that readers never see, though others of their name are said."""
KEYED = {"slips", "choices"}
"""Fields that hold dicts whose keys are said as well."""
CODE = re.compile(
    r"#[0-9A-F]{6}|\.\w+|/.*|[A-Z]{4}|xwb|dx|solid|center|DejaVu Sans|\w+_\w+"
    r"|\d+\.\d+ [^{]*|.*\bdef .*",  # the name of an exercise; the source of a solution
    re.DOTALL,
)
"""Texts that stand where sentences may, and are none."""


@dataclass(frozen=True, order=True)
class Text:
    """A sentence, and where it stands."""

    text: str
    path: str
    line: int


@dataclass
class Module:
    """A module, and what stands around each of its nodes, from the inside out."""

    path: str
    tree: ast.Module
    around: dict[int, list[ast.AST]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        todo: list[tuple[ast.AST, list[ast.AST]]] = [(self.tree, [])]
        while todo:
            node, above = todo.pop()
            self.around[id(node)] = above
            todo += [(child, [node, *above]) for child in ast.iter_child_nodes(node)]


class Source:
    """All modules of a package.

    Parameters
    ----------
    texts : dict of str to str
        Paths, and the source of each.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.modules = [Module(path, ast.parse(text)) for path, text in texts.items()]
        self.sinks = set(SAYS)
        self.names: set[str] = set()
        self.singles: set[Text] = set()
        self.plurals: dict[Text, Text] = {}
        self._parameters: dict[str, list[list[str]]] = defaultdict(list)
        self._returns: dict[str, list[tuple[Module, ast.expr]]] = defaultdict(list)
        self._names_of: dict[str, set[str]] = {}
        self._known: dict[tuple[int, bool], list[Text]] = {}
        for module in self.modules:
            for node in ast.walk(module.tree):
                self._learn(module, node)
        before = None
        while before != (now := (len(self.sinks), len(self.names), len(self.singles))):
            before = now
            self._known.clear()
            for module in self.modules:
                for node in ast.walk(module.tree):
                    self._visit(module, node)
        once = {text.text for text in self.plurals}
        self.singles = {text for text in self.singles if text.text not in once}

    def _learn(self, module: Module, node: ast.AST) -> None:
        """Note the parameters of a function or a dataclass, and what it returns."""
        if isinstance(node, ast.FunctionDef):
            name = _name_of(module, node)
            given = [_typed(a) for a in (*node.args.posonlyargs, *node.args.args)]
            is_method = node.args.args and node.args.args[0].arg in ("self", "cls")
            self._parameters[name].append(given[1:] if is_method else given)
            self._returns[node.name] += [
                (module, part.value)
                for part in ast.walk(node)
                if isinstance(part, ast.Return) and part.value
            ]
        elif isinstance(node, ast.ClassDef) and (fields := _fields(node)):
            self._parameters[node.name].append(fields)

    def _visit(self, module: Module, node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            name = _called(node)
            own = self._own(module)
            for sink, parameter in list(self.sinks):
                if (
                    sink == name
                    and (not name.startswith("_") or name in own)
                    and not (name == "say_number" and parameter == "many")
                ):
                    found = self._given(module, node, name, parameter)
                    if name == "say_number":
                        self._pair(module, node, found)
                    else:
                        self.singles |= set(found)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node in module.tree.body:
            for target in _targets(node):
                for name in _names(target) & self.names:
                    for value in _matching(target, node.value, name) if node.value else ():
                        self.singles |= set(self._texts(module, value))
                        if name == "MISTAKES":  # their names are said, too
                            self.singles |= set(self._texts(module, value, True))

    def _pair(self, module: Module, call: ast.Call, one: list[Text]) -> None:
        if any(isinstance(a, ast.Starred) for a in call.args):  # one, many, one, many
            self.plurals |= dict(list(pairwise(one))[::2])
        else:
            many = self._given(module, call, "say_number", "many")
            self.plurals |= dict(zip(one, many, strict=len(one) == len(many)))

    def _own(self, module: Module) -> set[str]:
        """Return the names of the functions and classes of a module."""
        if module.path not in self._names_of:
            kinds = (ast.FunctionDef, ast.ClassDef)
            nodes = (node for node in ast.walk(module.tree) if isinstance(node, kinds))
            self._names_of[module.path] = {node.name for node in nodes}
        return self._names_of[module.path]

    def _given(self, module: Module, call: ast.Call, name: str, parameter: str) -> list[Text]:
        """Return what a call gives as a parameter."""
        found: list[Text] = []
        if (name, parameter) in UNSAID:
            return []
        for keyword in call.keywords:
            if keyword.arg == parameter:
                keyed = parameter in KEYED
                found += self._texts(module, keyword.value, keyed)
                if not keyed or parameter == "choices":
                    found += self._texts(module, keyword.value)
        places = {p.index(parameter) for p in self._parameters[name] if parameter in p}
        for place in places:
            for index, argument in enumerate(call.args[: place + 1]):
                if index == place or isinstance(argument, ast.Starred):
                    found += self._texts(module, argument)
        return found

    def _texts(self, module: Module, node: ast.AST, keys: bool = False) -> list[Text]:
        """Return what an expression can be; of a dict its values, or its `keys`."""
        if isinstance(node, ast.Constant):
            is_text = (
                isinstance(node.value, str)
                and (WORD.search(node.value) or node.value in SEPARATORS)
                and not CODE.fullmatch(node.value)
            )
            return [Text(node.value, module.path, node.lineno)] if is_text else []
        mark = (id(node), keys)
        if mark not in self._known:
            self._known[mark] = []  # until more is known, where names go round in a circle
            self._known[mark] = [
                text
                for owner, part, part_keys in self._parts(module, node, keys)
                for text in self._texts(owner, part, part_keys)
            ]
        return self._known[mark]

    def _parts(
        self, module: Module, node: ast.AST, keys: bool
    ) -> Iterator[tuple[Module, ast.AST, bool]]:
        match node:
            case ast.IfExp():
                parts = [node.body, node.orelse]
            case ast.BoolOp():
                parts = node.values
            case ast.BinOp(op=ast.Add() | ast.BitOr()):
                parts = [node.left, node.right]
            case ast.Tuple() | ast.List() | ast.Set():
                parts = node.elts
            case ast.Dict():
                parts = [part for part in (node.keys if keys else node.values) if part]
            case ast.Subscript() | ast.Starred() | ast.NamedExpr():
                keys = isinstance(node, ast.Starred) or (keys and isinstance(node, ast.NamedExpr))
                parts = [node.value]
            case ast.DictComp():
                parts = [node.key if keys else node.value]
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                parts = [node.elt]
            case ast.Call():
                yield from self._from_call(module, node, keys)
                return
            case ast.Attribute():
                self._attribute(node)
                return
            case ast.Name():
                yield from self._from_name(module, node, keys)
                return
            case _:
                return
        for part in parts:
            yield module, part, keys

    def _from_call(
        self, module: Module, node: ast.Call, keys: bool
    ) -> Iterator[tuple[Module, ast.AST, bool]]:
        name = _called(node)
        if isinstance(node.func, ast.Attribute):
            if name in ("get", "values", "pop"):
                yield module, node.func.value, False
                for default in node.args[1:]:
                    yield module, default, keys
                return
            if name in ("items", "strip", "copy"):
                yield module, node.func.value, True
                yield module, node.func.value, False
                return
        if name in ("list", "tuple", "sorted", "dict", "zip", "MappingProxyType", "enumerate"):
            for argument in node.args:
                yield module, argument, keys or name not in ("dict", "MappingProxyType")
        elif name not in ("say", "say_number", "listed"):
            for owner, value in self._returns.get(name, []):
                if owner is module or name in _imported(module):
                    yield owner, value, keys

    def _attribute(self, node: ast.Attribute) -> None:
        if node.attr.isupper():
            self.names.add(node.attr)
            return
        for name, orders in self._parameters.items():
            is_class = name[:1].isupper() or name[:2].strip("_")[:1].isupper()
            if is_class and name not in NAMELESS and any(node.attr in o for o in orders):
                self.sinks.add((name, node.attr))

    def _from_name(
        self, module: Module, node: ast.Name, keys: bool
    ) -> Iterator[tuple[Module, ast.AST, bool]]:
        for scope in module.around[id(node)]:
            if isinstance(scope, COMPREHENSIONS):
                bound = [g for g in scope.generators if node.id in _names(g.target)]
                if bound:
                    yield module, bound[0].iter, True
                    return
            if isinstance(scope, ast.FunctionDef):
                arguments = scope.args
                given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
                if node.id in {_typed(one) for one in given}:
                    self.sinks.add((_name_of(module, scope), node.id))
                values = list(_assigned(scope, node.id))
                for value, from_keys in values:
                    yield module, value, keys or from_keys
                if values or node.id in {one.arg for one in given}:
                    return
        for statement in module.tree.body:
            if isinstance(statement, ast.ImportFrom):
                for alias in statement.names:
                    if (alias.asname or alias.name) == node.id:
                        self.names.add(alias.name)
                        yield from self._from_module(alias.name, keys)
                        return
        for value, from_keys in _assigned(module.tree, node.id, deep=False):
            yield module, value, keys or from_keys

    def _from_module(self, name: str, keys: bool) -> Iterator[tuple[Module, ast.AST, bool]]:
        for module in self.modules:
            for value, from_keys in _assigned(module.tree, name, deep=False):
                yield module, value, keys or from_keys


def _imported(module: Module) -> set[str]:
    return {
        alias.asname or alias.name
        for statement in module.tree.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def _name_of(module: Module, function: ast.FunctionDef) -> str:
    """Return what a caller writes: for a constructor, the name of its class."""
    above = module.around[id(function)][0]
    if function.name == "__init__" and isinstance(above, ast.ClassDef):
        return above.name
    return function.name


def _fields(node: ast.ClassDef) -> list[str]:
    return [
        part.target.id if TEXTUAL.search(ast.unparse(part.annotation)) else ""
        for part in node.body
        if isinstance(part, ast.AnnAssign)
        and isinstance(part.target, ast.Name)
        and "ClassVar" not in ast.unparse(part.annotation)
    ]


def _typed(parameter: ast.arg) -> str:
    """Return the name of a parameter that can be a text; nothing for others."""
    annotation = ast.unparse(parameter.annotation) if parameter.annotation else ""
    return parameter.arg if TEXTUAL.search(annotation) else ""


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign | ast.NamedExpr | ast.For) else []


def _names(target: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}


def _assigned(scope: ast.AST, name: str, *, deep: bool = True) -> Iterator[tuple[ast.AST, bool]]:
    """Yield what a name is set to, and whether it runs over it."""
    nodes = ast.walk(scope) if deep else iter(scope.body)  # type: ignore[attr-defined]
    for node in nodes:
        value = getattr(node, "iter" if isinstance(node, ast.For) else "value", None)
        for target in _targets(node):
            if value is not None and name in _names(target):
                for part in _matching(target, value, name):
                    yield part, isinstance(node, ast.For)


def _matching(target: ast.expr, value: ast.AST, name: str) -> Iterator[ast.AST]:
    """Yield the parts of a value that a name within a target gets."""
    if not isinstance(target, ast.Tuple):
        yield value
        return
    if isinstance(value, ast.IfExp):
        yield from _matching(target, value.body, name)
        yield from _matching(target, value.orelse, name)
    elif isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts):
        for one, part in zip(target.elts, value.elts, strict=True):
            if name in _names(one):
                yield from _matching(one, part, name)
    else:
        yield value
