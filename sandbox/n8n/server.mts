import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../freePort.mts';
import type { Line } from './install.mts';
import { n8nPath, n8nScript } from './install.mts';
import { unpackPackage } from './unpackPackage.mts';

/** The only file that starts an n8n: its folder, its settings and its processes. */
export interface Home {
	/** Where n8n keeps its database, its key and its log. */
	folder: string;
	log: string;
	line: Line;
	/** Settings of n8n beside those that every one here has, such as another database. */
	settings?: Record<string, string>;
}

/** n8n itself, or what it is divided into in queue mode. */
export type Part = 'start' | 'webhook' | 'worker';

export interface Server {
	url: string;
	/** Ends n8n and waits until it has. */
	stop(): Promise<void>;
	/** Ends n8n like a power cut and waits until it has; its folder can be started again. */
	kill(): Promise<void>;
	process: ChildProcess;
}

/** Makes the folder where it is missing and puts the present state of the package into it. */
export function prepareHome(folder: string, line: Line = 'newest'): Home {
	mkdirSync(folder, { recursive: true });
	unpackPackage(join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-uphance'));
	return { folder, log: join(folder, 'n8n.log'), line };
}

/**
 * Starts n8n's server, or a part of it, on loopback and waits until it answers.
 *
 * @param port 0 for any that is free; a worker only says there whether it is ready
 * @throws Error with a sentence that says what to do
 */
export async function startServer(home: Home, port: number, part: Part = 'start'): Promise<Server> {
	const own = await freePort(port);
	const child = run(home, [part], {
		N8N_PORT: String(own),
		QUEUE_HEALTH_CHECK_PORT: String(own),
		N8N_RUNNERS_BROKER_PORT: String(await freePort(0)),
	});
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
	while (!(await answers(url + ready[home.line]))) {
		if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
			const why = child.signalCode ? `n8n was ended by ${child.signalCode}` : 'n8n did not start';
			await stop();
			throw new Error(`${lastLines(home)}\n\n${why}. The lines above are the end of ${home.log}.`);
		}
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
	return { url, stop, kill, process: child };
}

/** What answers once n8n can be used: n8n 1 says that it is ready before anybody can log in. */
const ready: Record<Line, string> = { newest: '/healthz/readiness', oldest: '/rest/settings' };

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
	DB_TYPE: 'sqlite',
	QUEUE_HEALTH_CHECK_ACTIVE: 'true', // a worker has no other address
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
};

/** A module that asks n8n's own server for a list at every start, and that the oldest n8n does not know. */
const settingsOf: Record<Line, NodeJS.ProcessEnv> = { newest: { N8N_DISABLED_MODULES: 'mcp-registry' }, oldest: {} };

function run(home: Home, args: string[], more: NodeJS.ProcessEnv, output: 'log' | 'pipe' = 'log'): ChildProcess {
	const log = output === 'log' ? openSync(home.log, 'a') : undefined;
	const child = spawn('node', [n8nScript(home.line), ...args], {
		cwd: home.folder,
		env: {
			...environment(),
			PATH: n8nPath(home.line),
			N8N_USER_FOLDER: home.folder,
			...settings,
			...settingsOf[home.line],
			...home.settings,
			...more,
		},
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
		const answer = await fetch(url);
		// While n8n starts, it answers everything with a text that says so, and 200.
		return answer.ok && /json/.test(answer.headers.get('content-type') ?? '');
	} catch {
		return false;
	}
}

const lastLines = ({ log }: Home): string => readFileSync(log, 'utf8').split('\n').slice(-15).join('\n').trim();
