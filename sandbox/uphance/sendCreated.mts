import type { FastifyReply } from 'fastify';
import type { Names } from './singleRoute.mts';
import { single } from './singleRoute.mts';
import type { Switches } from './switches.mts';

/** Answers a creation as the switches say: no page shows one. */
export async function sendCreated(
	reply: FastifyReply,
	switches: Switches,
	names: Names,
	record: Record<string, unknown>,
): Promise<FastifyReply> {
	const answers = {
		record: single(switches, names, record),
		empty: '',
		status: { Status: 'Created' },
	};
	return await reply.code(switches.createdStatus).send(answers[switches.createdAnswer]);
}
