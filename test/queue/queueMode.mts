import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n } from '../../sandbox/n8n/install.mts';
import type { N8nInstance, Server } from '../../sandbox/n8n/server.mts';
import { prepareInstance, startServer } from '../../sandbox/n8n/server.mts';
import { N8nApi } from '../../sandbox/n8nApi.mts';
import type { Options, Uphance } from '../../sandbox/uphance/uphance.mts';
import { startUphance } from '../../sandbox/uphance/uphance.mts';
import { owner, startPostgres } from './postgres.mts';
import { startRedis } from './redis.mts';

export interface Worker extends Server {
	/** Ids of the executions that it has finished. */
	finished(): string[];
}

/** n8n as large installations run it, on PostgreSQL and Redis, each of its processes with a folder of its own. */
export interface QueueMode {
	n8n: N8nApi;
	/** Where webhooks are received. */
	webhookUrl: string;
	uphance: Uphance;
	startWorker(): Promise<Worker>;
	/** Ends everything and takes all folders away. */
	stop(): Promise<void>;
}

/** Seconds after which the queue gives up on a worker that does not answer; n8n's own are 60, 10 and 30. */
const queueSeconds = { lock: 15, renew: 3, look: 5 };

/** @throws Error with a sentence that says what to install */
export async function startQueueMode(options: Options): Promise<QueueMode> {
	await installN8n((text) => process.stderr.write(`${text}\n`));
	const folder = mkdtempSync(join(tmpdir(), 'uphance-queue-'));
	chmodSync(folder, 0o755); // PostgreSQL's user must get through
	// Ended in the reverse order.
	const started: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of started.splice(0).reverse()) await end();
		rmSync(folder, { recursive: true, force: true });
	};
	const toStop = <T extends { stop(): Promise<void> }>(service: T): T => {
		started.push(async () => await service.stop());
		return service;
	};
	try {
		const database = toStop(await startPostgres(join(folder, 'postgres')));
		const redis = toStop(await startRedis(join(folder, 'redis')));
		const uphance = await startUphance(options);
		started.push(async () => await uphance.close());
		const settings = {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(database.port),
			DB_POSTGRESDB_USER: owner,
			DB_POSTGRESDB_DATABASE: 'postgres',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			QUEUE_WORKER_LOCK_DURATION: String(queueSeconds.lock * 1000),
			QUEUE_WORKER_LOCK_RENEW_TIME: String(queueSeconds.renew * 1000),
			QUEUE_WORKER_STALLED_INTERVAL: String(queueSeconds.look * 1000),
		};
		const packed = prepareInstance(join(folder, 'packed'));
		const homeOf = (name: string): N8nInstance => {
			const own = join(folder, name);
			cpSync(packed.folder, own, { recursive: true });
			return { ...packed, folder: own, log: join(own, 'n8n.log'), settings };
		};
		const main = toStop(await startServer(homeOf('main'), 0));
		const webhook = toStop(await startServer(homeOf('webhook'), 0, 'webhook'));
		let workers = 0;
		const startWorker = async (): Promise<Worker> => {
			workers += 1;
			const home = homeOf(`worker-${workers}`);
			const worker = toStop(await startServer(home, 0, 'worker'));
			const finished = () =>
				[...readFileSync(home.log, 'utf8').matchAll(/Worker finished execution (\d+)/g)].map(([, id]) => String(id));
			return { ...worker, finished };
		};
		const n8n = new N8nApi(main.url);
		await n8n.signIn();
		return { n8n, webhookUrl: webhook.url, uphance, startWorker, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
