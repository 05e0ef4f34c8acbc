import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../freePort.mts';
import type { ReleaseLine } from './install.mts';
import { getN8nPath, getN8nScript } from './install.mts';
import { unpackPackage } from './unpackPackage.mts';

/** The data of one n8n: its user folder, log and settings. Only this file starts n8n. */
export interface N8nInstance {
	/** N8N_USER_FOLDER: contains the database, the encryption key and the log. */
	folder: string;
	log: string;
	releaseLine: ReleaseLine;
	/** Environment variables in addition to the common ones, e.g. for another database. */
	settings?: Record<string, string>;
}

/** The n8n command that runs the server: the main process, or a process of queue mode. */
export type ServerCommand = 'start' | 'webhook' | 'worker';

export interface Server {
	url: string;
	/** Stops n8n and waits until its process has ended. */
	stop(): Promise<void>;
	/** Kills n8n, as a power failure does, and waits until its process has ended. The folder can be used again. */
	kill(): Promise<void>;
	process: ChildProcess;
}

/** Creates the user folder if necessary and installs the current build of the package in it. */
export function prepareInstance(folder: string, releaseLine: ReleaseLine = 'newest'): N8nInstance {
	mkdirSync(folder, { recursive: true });
	unpackPackage(join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-uphance'));
	return { folder, log: join(folder, 'n8n.log'), releaseLine };
}

/**
 * Starts an n8n process on loopback and waits until it is ready.
 *
 * @param port 0 chooses a free port. A worker uses it only for its readiness check
 * @throws Error with the end of the log if n8n does not become ready within three minutes
 */
export async function startServer(
	instance: N8nInstance,
	port: number,
	command: ServerCommand = 'start',
): Promise<Server> {
	const ownPort = await findFreePort(port);
	const child = spawnN8n(instance, [command], {
		N8N_PORT: String(ownPort),
		QUEUE_HEALTH_CHECK_PORT: String(ownPort),
		N8N_RUNNERS_BROKER_PORT: String(await findFreePort(0)),
	});
	const url = `http://localhost:${ownPort}`;
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const stop = async () => {
		child.kill('SIGTERM');
		const killTimer = setTimeout(() => child.kill('SIGKILL'), 15_000);
		await ended.finally(() => clearTimeout(killTimer));
		// n8n copies its editor into .cache at every start. n8n-node lint would read these 700 files.
		rmSync(join(instance.folder, '.cache'), { recursive: true, force: true });
	};
	const kill = async () => {
		child.kill('SIGKILL');
		await ended;
	};
	const deadline = Date.now() + 180_000;
	while (!(await isReady(url + readinessPaths[instance.releaseLine]))) {
		if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
			const reason = child.signalCode ? `n8n was killed by ${child.signalCode}` : 'n8n did not start';
			await stop();
			throw new Error(`${readLogTail(instance)}\n\n${reason}. The lines above are the end of ${instance.log}.`);
		}
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
	return { url, stop, kill, process: child };
}

/** The path that responds once n8n can be used. In n8n 1 /healthz/readiness responds before users can sign in. */
const readinessPaths: Record<ReleaseLine, string> = { newest: '/healthz/readiness', oldest: '/rest/settings' };

/** Runs an n8n command in a new process, e.g. `execute --id 1`. Returns its exit code and its output. */
export async function runCommand(instance: N8nInstance, args: string[]): Promise<{ code: number; output: string }> {
	const child = spawnN8n(instance, args, { N8N_RUNNERS_BROKER_PORT: String(await findFreePort(0)) }, 'pipe');
	let output = '';
	child.stdout?.on('data', (text) => (output += String(text)));
	child.stderr?.on('data', (text) => (output += String(text)));
	const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1)));
	return { code, output };
}

/** Turns off everything that uses the internet. N8N_SECURE_COOKIE is off because loopback has no HTTPS. */
const commonSettings = {
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
	QUEUE_HEALTH_CHECK_ACTIVE: 'true', // a worker has no other port to check
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
};

/** The module mcp-registry downloads a list at every start. The oldest n8n does not have it. */
const lineSettings: Record<ReleaseLine, NodeJS.ProcessEnv> = {
	newest: { N8N_DISABLED_MODULES: 'mcp-registry' },
	oldest: {},
};

function spawnN8n(
	instance: N8nInstance,
	args: string[],
	extraSettings: NodeJS.ProcessEnv,
	output: 'log' | 'pipe' = 'log',
): ChildProcess {
	const log = output === 'log' ? openSync(instance.log, 'a') : undefined;
	const child = spawn('node', [getN8nScript(instance.releaseLine), ...args], {
		cwd: instance.folder,
		env: {
			...getInheritedEnvironment(),
			PATH: getN8nPath(instance.releaseLine),
			N8N_USER_FOLDER: instance.folder,
			...commonSettings,
			...lineSettings[instance.releaseLine],
			...instance.settings,
			...extraSettings,
		},
		stdio: ['ignore', log ?? 'pipe', log ?? 'pipe'],
	});
	if (log !== undefined) closeSync(log);
	const killChild = () => child.kill();
	process.once('exit', killChild);
	child.once('close', () => process.off('exit', killChild));
	return child;
}

/** The only variables taken from the user's shell: others could point this n8n to another n8n's database. */
const inheritedVariables = ['HOME', 'LANG', 'TMPDIR', 'TZ'];
const getInheritedEnvironment = () => Object.fromEntries(inheritedVariables.map((name) => [name, process.env[name]]));

async function isReady(url: string): Promise<boolean> {
	try {
		const response = await fetch(url);
		// While n8n starts, it responds to every request with status 200 and a text.
		return response.ok && /json/.test(response.headers.get('content-type') ?? '');
	} catch {
		return false;
	}
}

const readLogTail = ({ log }: N8nInstance): string =>
	readFileSync(log, 'utf8').split('\n').slice(-15).join('\n').trim();
