import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { description, operations } from '../../check/description/uphanceApi.mts';

const root = join(__dirname, '../..');
const left = /(^|\/)(\.git|\.sandbox|node_modules|dist|images|saved|test-results)(\/|$)|package-lock\.json$/;
const itself = 'test/package/references.test.mts';
const files = ['.', 'bench', 'credentials', 'docs', 'examples', 'nodes', 'sandbox', 'test']
	.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: folder !== '.', withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
	)
	.filter((file) => /\.(cjs|js|json|md|mjs|mts|ts|yaml)$/.test(file) && !left.test(file) && file !== itself);

/** Comments that go over several lines are one text. */
const textOf = (file: string) => readFileSync(join(root, file), 'utf8').replace(/\n\s*(?:\*|\/\/) /g, ' ');

const matches = (pattern: RegExp) =>
	files.flatMap((file) => [...textOf(file).matchAll(pattern)].map((match) => ({ file, text: match[1] ?? match[0] })));

describe('Comments, tests and documents', () => {
	test.each([
		['a chapter of a document that is not here', /\bdesign(?:\.md)? \d+(?:\.\d+)?/g],
		[
			'a document that is not here',
			/\b(?:users|uphance-api|n8n-platform|toolchain|anchors|names)\.md\b|\buphance-docs\b/g,
		],
		['a rule by its number', /\((?:[A-Z]\d{1,2}(?:, )?)+\)/g],
	])('cite nowhere %s', (_what, pattern) => {
		expect(matches(pattern)).toEqual([]);
	});

	test('cite pages of docs/ that exist', () => {
		const cited = matches(/\bdocs\/[\w.-]+\.(?:md|yaml)\b/g);
		expect(cited.filter(({ text }) => !existsSync(join(root, text)))).toEqual([]);
		expect(cited.length).toBeGreaterThan(50);
	});

	test('cite headings of docs/design.md that exist, whatever their case', () => {
		const cited = matches(/docs\/design\.md: ([^)]+)/g);
		const headings = [...textOf('docs/design.md').matchAll(/^## (.+)$/gm)].map(([, text]) => text?.toLowerCase());
		expect(cited.filter(({ text }) => !headings.includes(text.toLowerCase()))).toEqual([]);
		expect(cited.length).toBeGreaterThan(10);
	});

	test('cite requests that docs/uphance.openapi.yaml describes', () => {
		const cited = matches(/docs\/uphance\.openapi\.yaml: ((?:GET|POST|PUT|DELETE|PATCH) \/[\w/{}]+)/g);
		const described = operations.map(({ name }) => name);
		expect(cited.filter(({ text }) => !described.includes(text))).toEqual([]);
		expect(cited.length).toBeGreaterThan(50);
	});

	test('cite schemas that docs/uphance.openapi.yaml has', () => {
		const schemas = Object.keys(Object(Object(description.components).schemas));
		const cited = matches(/docs\/uphance\.openapi\.yaml: components\/schemas\/(\w+)/g);
		expect(cited.filter(({ text }) => !schemas.includes(text))).toEqual([]);
		expect(cited).not.toHaveLength(0);
	});
});

test('docs/compatibility.md names the n8n and the Node.js that the tests install', () => {
	const rows = [...textOf('docs/compatibility.md').matchAll(/^\| (\d+\.\d+\.\d+) +\| (\d+) +\|/gm)];
	const installed = ['n8n', 'n8n-oldest'].map((folder) => {
		const { dependencies, optionalDependencies } = JSON.parse(textOf(`sandbox/${folder}/package.json`));
		const majors = Object.values(optionalDependencies).map((version) => String(version).split('.')[0]);
		return [dependencies.n8n, ...new Set(majors)];
	});
	expect(rows.map(([, n8n, node]) => [n8n, node])).toEqual(installed);
});
