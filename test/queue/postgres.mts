import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../sandbox/freePort.mts';
import type { Service } from './service.mts';
import { runProgram, startService } from './service.mts';

export const owner = 'n8n';

/** Debian keeps PostgreSQL's programs out of PATH, by version. */
const debian = '/usr/lib/postgresql';

/**
 * Starts a PostgreSQL of its own on loopback, with an empty database named postgres that belongs to `owner`.
 *
 * @param folder does not exist yet; whoever runs PostgreSQL can reach it
 * @throws Error with a sentence that says what to install
 */
export async function startPostgres(folder: string): Promise<Service> {
	const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
	mkdirSync(folder);
	const program = {
		folder,
		path: versions.map((version) => join(debian, version, 'bin')),
		user: ownerOf(folder),
	};
	const data = join(folder, 'data');
	const made = ['-D', data, '-U', owner, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
	await runProgram({ ...program, command: 'initdb', args: made });
	const port = await findFreePort(0);
	// -F: what is on the disk after a power cut matters to nobody.
	const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-F'];
	return await startService({ ...program, command: 'postgres', args }, port);
}

/** PostgreSQL refuses to be run by root: then it belongs to the user that its Debian package made, if it is there. */
function ownerOf(folder: string): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const { status, stdout } = spawnSync('getent', ['passwd', 'postgres'], { encoding: 'utf8' });
	const [, , uid, gid] = stdout.split(':').map(Number);
	if (status !== 0 || !uid || !gid) return undefined;
	chownSync(folder, uid, gid);
	return { uid, gid };
}
