import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = join(__dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const scan = (folder: string, leg: string) =>
	execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'scan.mts'), folder, leg], {
		cwd: root,
		encoding: 'utf8',
		env: { ...process.env, NODE_ENV: 'production' }, // in "test" n8n's rules judge made-up file names
	}).trim();

let folder: string;
let files: string[];
let size: number;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'uphance-tarball-'));
	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', folder], {
			cwd: root,
			encoding: 'utf8',
		}),
	);
	files = packed.files.map(({ path }: { path: string }) => path);
	size = packed.size;
	execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what npm would publish', () => {
	test('is dist, index.js, package.json, README and LICENSE', () => {
		expect(files.filter((path) => !path.startsWith('dist/')).sort()).toEqual([
			'LICENSE.md',
			'README.md',
			'index.js',
			'package.json',
		]);
		expect(files.filter((path) => path.startsWith('dist/') && !/\.(js|json|svg)$/.test(path))).toEqual([]);
	});

	test('has what n8n is told to load, with icons, codex and schemas', () => {
		const { nodes, credentials } = manifest.n8n;
		expect(files).toEqual(
			expect.arrayContaining([
				...nodes,
				...credentials,
				...nodes.map((path: string) => path.replace(/\.js$/, '.json')),
				'dist/nodes/Uphance/uphance.svg',
				'dist/nodes/Uphance/uphance.dark.svg',
				'dist/nodes/Uphance/__schema__/v1.0.0/order/getAll.json',
			]),
		);
	});

	test('is small', () => {
		expect(size).toBeLessThan(140_000);
	});
});

describe("n8n's scanner", () => {
	test('finds nothing in the sources', () => {
		expect(scan(root, 'source')).toBe('passed');
	});

	test('finds nothing in the tarball', () => {
		expect(scan(join(folder, 'package'), 'tarball')).toBe('passed');
	});
});

describe('package.json', () => {
	test('asks for what n8n demands of a verified package', () => {
		expect(manifest.n8n).toMatchObject({ strict: true, n8nNodesApiVersion: 1 });
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('overrides');
	});

	test('pins every development tool', () => {
		expect(
			Object.values(manifest.devDependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version))),
		).toEqual([]);
	});

	test.each(['package-lock.json', 'sandbox/n8n/package-lock.json'])('%s names no host', (path) => {
		expect(readFileSync(join(root, path), 'utf8')).not.toContain('"resolved"');
	});
});
