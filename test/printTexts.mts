import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

// Every label, description, hint, error and notice stands in the sources as a text that begins with a capital letter or has
// a blank; what is between ${ and } is filled in when it is shown.
const root = fileURLToPath(new URL('..', import.meta.url));
const files = ['credentials', 'nodes'].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.sort()
		.map((file) => join(folder, file)),
);

for (const file of files) {
	const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ES2022, true);
	const texts = textsIn(source).filter(({ text }) => /^[A-Z]|\S \S/.test(text));
	if (texts.length > 0) console.log(`\n${file}`);
	for (const { line, text } of texts) console.log(`${String(line).padStart(5)}  ${text}`);
}

function textsIn(source: ts.SourceFile): Array<{ line: number; text: string }> {
	const texts: Array<{ line: number; text: string }> = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
		if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
			const text = ts.isTemplateExpression(node) ? node.getText(source).slice(1, -1) : node.text;
			texts.push({ line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, text });
		}
		node.forEachChild(visit);
	};
	visit(source);
	return texts;
}
