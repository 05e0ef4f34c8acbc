import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { getModulesFolder, installN8n } from '../../sandbox/n8n/install.mts';
import { line } from './realN8n.mts';

const root = join(__dirname, '../..');
const types = join(getModulesFolder(line), 'n8n-workflow');

const textsOf = (folder: string, ending: string) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => readFileSync(join(folder, file), 'utf8'));
const sources = ['nodes', 'credentials'].flatMap((folder) => textsOf(join(root, folder), '.ts')).join('\n');

/** The first column of the table in docs/compatibility.md. */
const table = readFileSync(join(root, 'docs/compatibility.md'), 'utf8').split('| feature |')[1] ?? '';
const features = [...table.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = '']) =>
	[...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
);

beforeAll(async () => await installN8n((text) => process.stderr.write(`${text}\n`), line), 600_000);

test('the sources fit the types of this n8n', () => {
	const folder = mkdtempSync(join(tmpdir(), 'uphance-types-'));
	try {
		const project = {
			extends: join(root, 'tsconfig.json'),
			compilerOptions: { noEmit: true, rootDir: '/', paths: { 'n8n-workflow': [types] } },
			include: ['nodes', 'credentials'].map((each) => join(root, each, '**/*.ts')),
		};
		writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
		const tsc = join(root, 'node_modules/typescript/bin/tsc');
		const seen = execFileSync(process.execPath, [tsc, '-p', folder, '--listFiles'], { encoding: 'utf8' });
		expect(seen).toContain(realpathSync(join(types, 'dist')));
		expect(seen).not.toContain(realpathSync(join(root, 'node_modules/n8n-workflow')));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});

test('the table of features has all that the sources use', () => {
	const called = [...sources.matchAll(/\b(?:this|context|helpers)\.(\w+)\(/g)].map(([, name]) => name);
	const imported = [...sources.matchAll(/import \{([^}]*)\} from 'n8n-workflow'/g)].flatMap(([, names = '']) =>
		names.split(',').map((name) => name.trim()),
	);
	// What our own classes call on themselves is not n8n's.
	const ownMethods = [...sources.matchAll(/^\t(?:(?:private|readonly|async|static) |\*)*(\w+)(?:\??: \(|\()/gm)].map(
		([, name]) => name,
	);
	const used = [...called, ...imported].filter((name) => name && !ownMethods.includes(name));
	expect(used.length).toBeGreaterThan(50);
	expect([...new Set(used)].filter((name) => !features.includes(String(name)))).toEqual([]);
});

test('and nothing that they do not use, or that this n8n does not have', () => {
	expect(features.length).toBeGreaterThan(30);
	expect(features.filter((name) => name !== 'codex' && !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
	const known = textsOf(join(types, 'dist'), '.d.ts').join('\n');
	expect(features.filter((name) => !new RegExp(`\\b${name}\\b`).test(known))).toEqual([]);
});
