import type { FastifyInstance } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import { unauthorized } from './signIn.mts';
import type { Switches } from './switches.mts';

/** Records in ascending order of their ids, made when they are asked for. */
export interface Records {
	length: number;
	at(index: number): Record<string, unknown>;
}

export interface ListRoute {
	path: string;
	key: string;
	perPage: number;
	/** The records of an organisation that a query asks for. Parameters nobody knows are ignored, as Rails does. */
	find(organisation: Organisation, query: Record<string, string | undefined>): Records;
}

/** A list with `meta` (uphance-api.md 3.1); a page past the end is empty. */
export function serveList(app: FastifyInstance, accounts: Accounts, switches: Switches, route: ListRoute): void {
	app.get<{ Querystring: Record<string, string | undefined> }>(route.path, async ({ headers, query }, reply) => {
		const token = accounts.good(headers.authorization);
		if (!token) return await unauthorized(reply);
		const organisation = accounts.current(token);
		if (!organisation && switches.withoutOrganisation === 'forbidden') return await reply.code(403).send('');

		const records = organisation ? route.find(organisation, query) : { length: 0, at: () => ({}) };
		const page = Math.max(1, Number(query.page) || 1);
		const pages = Math.max(1, Math.ceil(records.length / route.perPage));
		const start = (page - 1) * route.perPage;
		const count = Math.max(0, Math.min(route.perPage, records.length - start));
		return {
			[route.key]: Array.from({ length: count }, (_, index) => records.at(start + index)),
			meta: {
				current_page: page,
				next_page: page < pages ? page + 1 : null,
				prev_page: page > 1 ? page - 1 : null,
				total_pages: pages,
				total_count: records.length,
			},
		};
	});
}
