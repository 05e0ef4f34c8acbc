import type { FastifyInstance } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import type { ListSwitches, Switches } from './switches.mts';
import { withOrganisation } from './withOrganisation.mts';

/** Records in ascending order of their ids, built on access. */
export interface Records {
	length: number;
	at(index: number): Record<string, unknown>;
}

/** Query parameters by name. */
export type Query = Record<string, string | undefined>;

export interface ListRoute {
	path: string;
	listKey: string;
	perPage: number;
	/** True if the query parameter `per_page` changes the page size. */
	supportsPerPage?: boolean;
	/** Returns the records of an organisation that match the query. Ignores unknown parameters, as Rails does. */
	find(organisation: Organisation, query: Query): Records;
}

/**
 * Serves a list with `meta` (schema `Meta` in `docs/uphance.openapi.yaml`). A page after the last one is empty.
 *
 * @param cachePages whether each page is rendered once and then sent from memory
 */
export function serveList(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches & ListSwitches,
	route: ListRoute,
	cachePages = false,
): void {
	const cachedPages = new Map<string, Buffer>();
	app.get<{ Querystring: Query }>(
		route.path,
		withOrganisation<{ Querystring: Query }>(accounts, switches, async (organisation, { query, url }, reply) => {
			const cacheKey = `${organisation?.id} ${organisation?.orders} ${organisation?.styles} ${url}`;
			const content = cachedPages.get(cacheKey) ?? buildPage(organisation, query);
			if (!cachePages) return content;
			const page = content instanceof Buffer ? content : Buffer.from(JSON.stringify(content));
			cachedPages.set(cacheKey, page);
			return await reply.type('application/json; charset=utf-8').send(page);
		}),
	);

	function buildPage(organisation: Organisation | undefined, query: Query) {
		const supported = switches.ignoresSinceId ? { ...query, since_id: undefined } : query;
		const filters = switches.ignoresFilters ? {} : supported;
		const found = organisation ? route.find(organisation, filters) : { length: 0, at: () => ({}) };
		const records = inOrder(found, switches.listOrder);
		const page = Math.max(1, Number(query.page) || 1);
		const {
			takesPerPage = route.supportsPerPage,
			perPage: usualPerPage = route.perPage,
			meta: hasMeta = true,
		} = switches;
		const requestedPerPage = takesPerPage ? Math.floor(Number(filters.per_page)) : 0;
		const perPage = requestedPerPage > 0 ? requestedPerPage : usualPerPage;
		const totalPages = Math.max(1, Math.ceil(records.length / perPage));
		const start = (page - 1) * perPage;
		const count = Math.max(0, Math.min(perPage, records.length - start));
		const list = { [route.listKey]: Array.from({ length: count }, (_, index) => records.at(start + index)) };
		if (!hasMeta) return list;
		return {
			...list,
			meta: {
				current_page: page,
				next_page: page < totalPages ? page + 1 : null,
				prev_page: page > 1 ? page - 1 : null,
				total_pages: totalPages,
				total_count: records.length,
			},
		};
	}
}

/** Returns the records in another order. */
function inOrder(records: Records, order: Switches['listOrder']): Records {
	const { length } = records;
	const positionAt = {
		ascending: (index: number) => index,
		descending: (index: number) => length - 1 - index,
		shuffled: (index: number) => (index * shuffleStep(length)) % length,
	}[order];
	return { length, at: (index) => records.at(positionAt(index)) };
}

/** Returns a step that reaches every position once and puts neighbours far apart. */
function shuffleStep(length: number): number {
	if (length < 3) return 1;
	let step = Math.max(2, Math.floor(length * 0.618));
	while (greatestCommonDivisor(step, length) > 1) step += 1;
	return step;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
