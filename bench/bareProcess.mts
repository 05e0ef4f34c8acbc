import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { getN8nPath } from '../sandbox/n8n/install.mts';
import type { LoopRequest, LoopResult } from './bareLoop.mts';

const script = fileURLToPath(new URL('./bareLoop.mts', import.meta.url));

/** A process that runs the bare loop in the Node.js that n8n uses. */
export interface BareProcess {
	readEveryOrder(request: LoopRequest): Promise<LoopResult>;
	stop(): void;
}

export function startBareProcess(): BareProcess {
	const env = { ...process.env, PATH: getN8nPath('newest') };
	const child = fork(script, [], { execPath: 'node', execArgv: ['--expose-gc'], env });
	return {
		readEveryOrder: async (request) =>
			await new Promise<LoopResult>((resolve, reject) => {
				const onExit = () => reject(new Error('The bare loop ended without a result.'));
				child.once('exit', onExit);
				child.once('message', (result: LoopResult) => {
					child.off('exit', onExit);
					resolve(result);
				});
				child.send(request);
			}),
		stop: () => void child.kill(),
	};
}
