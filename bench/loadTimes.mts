import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getModulesFolder, getN8nPath } from '../sandbox/n8n/install.mts';
import type { Bench } from './bench.mts';
import { median } from './samples.mts';

const script = fileURLToPath(new URL('./inN8n/loadTime.js', import.meta.url));
const base = join(getModulesFolder('newest'), 'n8n-nodes-base', 'dist', 'nodes');

export interface Loading {
	/** Milliseconds to load all nodes and the credential, each time in a new process. */
	own: number[];
	/** The same of those folders of n8n-nodes-base that have about as much code, by name. */
	others: Record<string, number[]>;
}

/** Loads this package, and those of n8n's own nodes whose code is nearest to it in size. */
export function loadingTimes({ n8n, say }: Bench, rounds: number): Loading {
	say(`Loading the package and its like, ${rounds} rounds.`);
	const folder = join(n8n.home.folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-uphance');
	const manifest: { n8n: { nodes: string[]; credentials: string[] } } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8'),
	);
	const own = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) => join(folder, file));
	const size = codeIn(join(folder, 'dist'));
	const others = readdirSync(base)
		.filter((name) => statSync(join(base, name)).isDirectory() && nodesIn(join(base, name)).length > 0)
		.map((name) => ({ name, difference: Math.abs(codeIn(join(base, name)) - size) }))
		.sort((one, other) => one.difference - other.difference)
		.slice(0, 9)
		.map(({ name }) => name);
	const loading: Loading = { own: [], others: Object.fromEntries(others.map((name) => [name, []])) };
	for (let round = 0; round < rounds; round++) {
		loading.own.push(timeToLoad(own));
		for (const name of others) loading.others[name]?.push(timeToLoad(nodesIn(join(base, name))));
	}
	return loading;
}

/** The middle one of the folders, by the medians of their times. */
export const likeOnes = ({ others }: Loading): number => median(Object.values(others).map(median));

const filesIn = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

const nodesIn = (folder: string): string[] =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.node.js'))
		.map((name) => join(folder, name));

/** Bytes of JavaScript. */
const codeIn = (folder: string): number =>
	filesIn(folder)
		.filter((file) => file.endsWith('.js'))
		.reduce((total, file) => total + statSync(file).size, 0);

function timeToLoad(files: string[]): number {
	const env = { ...process.env, PATH: getN8nPath('newest'), NODE_PATH: getModulesFolder('newest'), MODULES: getModulesFolder('newest') };
	return Number(execFileSync('node', [script, ...files], { env, encoding: 'utf8' }));
}
