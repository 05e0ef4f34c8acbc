import type { FastifyInstance } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import { inOrganisation } from './inOrganisation.mts';
import type { Switches } from './switches.mts';

/** Records in ascending order of their ids, made when they are asked for. */
export interface Records {
	length: number;
	at(index: number): Record<string, unknown>;
}

export type Query = Record<string, string | undefined>;

export interface ListRoute {
	path: string;
	key: string;
	perPage: number;
	/** Whether a query may say otherwise. */
	choosesPerPage?: boolean;
	/** The records of an organisation that a query asks for. Parameters nobody knows are ignored, as Rails does. */
	find(organisation: Organisation, query: Query): Records;
}

/**
 * A list with `meta` (uphance-api.md 3.1); a page past the end is empty.
 *
 * @param keepsPages a page is rendered once and then sent as it was
 */
export function serveList(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches,
	route: ListRoute,
	keepsPages = false,
): void {
	const rendered = new Map<string, Buffer>();
	app.get<{ Querystring: Query }>(
		route.path,
		inOrganisation<{ Querystring: Query }>(accounts, switches, async (organisation, { query, url }, reply) => {
			const asked = `${organisation?.id} ${organisation?.orders} ${url}`;
			const answer = rendered.get(asked) ?? pageOf(organisation, query);
			if (!keepsPages) return answer;
			const page = answer instanceof Buffer ? answer : Buffer.from(JSON.stringify(answer));
			rendered.set(asked, page);
			return await reply.type('application/json; charset=utf-8').send(page);
		}),
	);

	function pageOf(organisation: Organisation | undefined, query: Query) {
		const heeded = switches.ignoresSinceId ? { ...query, since_id: undefined } : query;
		const asked = switches.ignoresFilters ? {} : heeded;
		const found = organisation ? route.find(organisation, asked) : { length: 0, at: () => ({}) };
		const records = ordered(found, switches.listOrder);
		const page = Math.max(1, Number(query.page) || 1);
		const chosen = route.choosesPerPage ? Math.floor(Number(asked.per_page)) : 0;
		const perPage = chosen > 0 ? chosen : route.perPage;
		const pages = Math.max(1, Math.ceil(records.length / perPage));
		const start = (page - 1) * perPage;
		const count = Math.max(0, Math.min(perPage, records.length - start));
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
	}
}

function ordered(records: Records, order: Switches['listOrder']): Records {
	const { length } = records;
	const place = {
		ascending: (index: number) => index,
		descending: (index: number) => length - 1 - index,
		shuffled: (index: number) => (index * stepThrough(length)) % length,
	}[order];
	return { length, at: (index) => records.at(place(index)) };
}

/** A step that meets every place once, and neighbours far apart. */
function stepThrough(length: number): number {
	let step = Math.max(2, Math.floor(length * 0.618));
	while (length > 2 && commonDivisor(step, length) > 1) step += 1;
	return length > 2 ? step : 1;
}

const commonDivisor = (one: number, other: number): number => (other === 0 ? one : commonDivisor(other, one % other));
