import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { n8nPath, n8nScript } from './install.mts';
import { unpackPackage } from './package.mts';

/** The only file that starts an n8n: its folder, its settings and its processes. */
export interface Home {
	/** Where n8n keeps its database, its key and its log. */
	folder: string;
	log: string;
}

export interface Server {
	url: string;
	/** Ends n8n and waits until it has. */
	stop(): Promise<void>;
	/** Ends n8n like a power cut and waits until it has; its folder can be started again. */
	kill(): Promise<void>;
	process: ChildProcess;
}

/** Makes the folder where it is missing and puts the present state of the package into it. */
export function prepareHome(folder: string): Home {
	mkdirSync(folder, { recursive: true });
	unpackPackage(join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-uphance'));
	return { folder, log: join(folder, 'n8n.log') };
}

/**
 * Starts n8n's server on loopback and waits until it answers.
 *
 * @param port 0 for any that is free
 * @param more further environment variables
 * @throws Error with a sentence that says what to do
 */
export async function startServer(home: Home, port: number, more: Record<string, string> = {}): Promise<Server> {
	const own = await freePort(port);
	const ports = { N8N_PORT: String(own), N8N_RUNNERS_BROKER_PORT: String(await freePort(0)) };
	const child = run(home, ['start'], { ...ports, ...more });
	const url = `http://localhost:${own}`;
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const stop = async () => {
		child.kill('SIGTERM');
		const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
		await ended.finally(() => clearTimeout(patience));
		// n8n writes its editor there at every start: 700 files that n8n's lint of this folder would read.
		rmSync(join(home.folder, '.cache'), { recursive: true, force: true });
	};
	const kill = async () => {
		child.kill('SIGKILL');
		await ended;
	};
	const deadline = Date.now() + 180_000;
	while (!(await answers(`${url}/healthz/readiness`))) {
		if (child.exitCode !== null || Date.now() > deadline) {
			await stop();
			throw new Error(`${lastLines(home)}\n\nn8n did not start. The lines above are the end of ${home.log}.`);
		}
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
	return { url, stop, kill, process: child };
}

/** Runs one of n8n's commands in a process of its own, e.g. `execute --id 1`, and returns what it printed. */
export async function runCommand(home: Home, args: string[]): Promise<{ code: number; output: string }> {
	const child = run(home, args, { N8N_RUNNERS_BROKER_PORT: String(await freePort(0)) }, 'pipe');
	let output = '';
	child.stdout?.on('data', (text) => (output += String(text)));
	child.stderr?.on('data', (text) => (output += String(text)));
	const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1)));
	return { code, output };
}

/** What n8n would otherwise ask the internet for is off; N8N_SECURE_COOKIE because loopback has no https. */
const settings = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: 'localhost',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
	N8N_DISABLED_MODULES: 'mcp-registry', // asks n8n's own server for a list at every start
	DB_TYPE: 'sqlite',
};

function run(home: Home, args: string[], more: NodeJS.ProcessEnv, output: 'log' | 'pipe' = 'log'): ChildProcess {
	const log = output === 'log' ? openSync(home.log, 'a') : undefined;
	const child = spawn('node', [n8nScript, ...args], {
		cwd: home.folder,
		env: { ...environment(), PATH: n8nPath(), N8N_USER_FOLDER: home.folder, ...settings, ...more },
		stdio: ['ignore', log ?? 'pipe', log ?? 'pipe'],
	});
	if (log !== undefined) closeSync(log);
	const endChild = () => child.kill();
	process.once('exit', endChild);
	child.once('close', () => process.off('exit', endChild));
	return child;
}

/** Nothing else of the user's shell: a setting there could lead this n8n to another n8n's database. */
const passedOn = ['HOME', 'LANG', 'TMPDIR', 'TZ'];
const environment = () => Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url)).ok;
	} catch {
		return false;
	}
}

async function freePort(wanted: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', () =>
			reject(new Error(`Port ${wanted} is taken. End what uses it, or choose another: npm start -- --port 5679`)),
		);
		server.listen(wanted, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : wanted));
		});
	});
}

const lastLines = ({ log }: Home): string => readFileSync(log, 'utf8').split('\n').slice(-15).join('\n').trim();
