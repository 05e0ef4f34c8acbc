import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getModulesFolder, getN8nPath } from '../sandbox/n8n/install.mts';
import type { Bench } from './bench.mts';
import { median } from './samples.mts';

const script = fileURLToPath(new URL('./inN8n/loadTime.js', import.meta.url));
const nodesBaseFolder = join(getModulesFolder('newest'), 'n8n-nodes-base', 'dist', 'nodes');

export interface LoadTimes {
	/** Milliseconds to load all nodes and the credential of this package, each time in a new process. */
	own: number[];
	/** The same for folders of n8n-nodes-base with a similar amount of code, by name. */
	others: Record<string, number[]>;
}

/**
 * Measures how long it takes to load this package, and the nine folders of n8n's own nodes that are closest in size.
 */
export function measureLoadTimes({ n8n, print }: Bench, rounds: number): LoadTimes {
	print(`Loading this package and similar ones, ${rounds} rounds.`);
	const folder = join(n8n.instance.folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-uphance');
	const manifest: { n8n: { nodes: string[]; credentials: string[] } } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8'),
	);
	const own = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) => join(folder, file));
	const size = measureCode(join(folder, 'dist'));
	const others = readdirSync(nodesBaseFolder)
		.filter(
			(name) =>
				statSync(join(nodesBaseFolder, name)).isDirectory() && listNodes(join(nodesBaseFolder, name)).length > 0,
		)
		.map((name) => ({ name, difference: Math.abs(measureCode(join(nodesBaseFolder, name)) - size) }))
		.sort((one, other) => one.difference - other.difference)
		.slice(0, 9)
		.map(({ name }) => name);
	const loadTimes: LoadTimes = { own: [], others: Object.fromEntries(others.map((name) => [name, []])) };
	for (let round = 0; round < rounds; round++) {
		loadTimes.own.push(measureLoad(own));
		for (const name of others) loadTimes.others[name]?.push(measureLoad(listNodes(join(nodesBaseFolder, name))));
	}
	return loadTimes;
}

/** Returns the median over the folders of their median times. */
export const medianOfSimilar = ({ others }: LoadTimes): number => median(Object.values(others).map(median));

const listFiles = (folder: string): string[] =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

const listNodes = (folder: string): string[] =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.node.js'))
		.map((name) => join(folder, name));

/** Returns the bytes of JavaScript in a folder. */
const measureCode = (folder: string): number =>
	listFiles(folder)
		.filter((file) => file.endsWith('.js'))
		.reduce((total, file) => total + statSync(file).size, 0);

function measureLoad(files: string[]): number {
	const env = {
		...process.env,
		PATH: getN8nPath('newest'),
		NODE_PATH: getModulesFolder('newest'),
		MODULES: getModulesFolder('newest'),
	};
	return Number(execFileSync('node', [script, ...files], { env, encoding: 'utf8' }));
}
