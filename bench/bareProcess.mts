import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { getN8nPath } from '../sandbox/n8n/install.mts';
import type { Asked, Looped } from './bareLoop.mts';

const script = fileURLToPath(new URL('./bareLoop.mts', import.meta.url));

/** The bare loop, in the Node that n8n runs in. */
export interface BareProcess {
	everyOrder(asked: Asked): Promise<Looped>;
	stop(): void;
}

export function startBareProcess(): BareProcess {
	const env = { ...process.env, PATH: getN8nPath('newest') };
	const child = fork(script, [], { execPath: 'node', execArgv: ['--expose-gc'], env });
	return {
		everyOrder: async (asked) =>
			await new Promise<Looped>((resolve, reject) => {
				const failed = () => reject(new Error('The bare loop ended without an answer.'));
				child.once('exit', failed);
				child.once('message', (looped: Looped) => {
					child.off('exit', failed);
					resolve(looped);
				});
				child.send(asked);
			}),
		stop: () => void child.kill(),
	};
}
