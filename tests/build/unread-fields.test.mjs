// What the package's parts tell each other, somebody reads: a field that is only written costs work, memory and a reader's trust.
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { inRoot } from "../../scripts/lib/project.mjs";

const CONFIG = inRoot("js", "tsconfig.json");

/** Rooms whose interfaces users do not see, and the core does not: what is told there is for the package itself. */
const ROOMS = ["concurrency", "output", "pipeline", "sound", "worker", "workers"];

/** The language service over a project's files as they are on the disk. */
function serviceOf(config) {
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(json, ts.sys, dirname(config));
  const host = {
    getScriptFileNames: () => fileNames,
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) => ts.ScriptSnapshot.fromString(ts.sys.readFile(file) ?? ""),
    getCurrentDirectory: () => dirname(config),
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
  };
  return { service: ts.createLanguageService(host), fileNames };
}

/** Calls `visit` for a node and all below it. */
function walk(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** Whether the name at a place stands where a value goes in, and not where one comes out. */
function isWritten(sourceFile, position) {
  let found = sourceFile;
  walk(sourceFile, (node) => {
    if (node.getStart() <= position && position < node.end) found = node;
  });
  const { parent } = found;
  if (ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent) || ts.isParameter(parent)) return true;
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) return parent.name === found;
  const { parent: outer } = parent;
  const isTarget = ts.isPropertyAccessExpression(parent) && ts.isBinaryExpression(outer) && outer.left === parent;
  return isTarget && outer.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

test("every field of an interface between the rooms is read", () => {
  const { service, fileNames } = serviceOf(CONFIG);
  const program = service.getProgram();
  const unread = [];
  let fields = 0;
  for (const name of fileNames.filter((file) => ROOMS.some((room) => file.startsWith(inRoot("js", room, "/"))))) {
    walk(program.getSourceFile(name), (node) => {
      if (!ts.isPropertySignature(node) || !ts.isInterfaceDeclaration(node.parent)) return;
      const uses = service.findReferences(name, node.name.getStart())?.flatMap((found) => found.references) ?? [];
      const isRead = uses.some(({ fileName, textSpan }) => !isWritten(program.getSourceFile(fileName), textSpan.start));
      fields++;
      if (!isRead) unread.push(`${name.slice(inRoot().length)}: ${node.name.getText()}`);
    });
  }
  assert.ok(fields > 50, `${fields} fields`);
  assert.deepEqual(unread, []);
});
