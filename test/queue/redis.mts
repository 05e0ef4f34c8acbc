import { mkdirSync } from 'node:fs';
import { findFreePort } from '../../sandbox/freePort.mts';
import type { Service } from './service.mts';
import { startService } from './service.mts';

/** Starts a Redis on loopback that keeps nothing. @throws Error with a sentence that says what to install */
export async function startRedis(folder: string): Promise<Service> {
	mkdirSync(folder);
	const port = await findFreePort(0);
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
	return await startService({ command: 'redis-server', args, folder }, port);
}
