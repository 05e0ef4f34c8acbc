import type { Answer, Item } from './answer.mts';
import { get, idOf, isSuccess, metaOf, recordsOf } from './answer.mts';
import type { Connection } from './connection.mts';
import type { FilterReading } from './filterReading.mts';
import { readFilter, readState } from './filterReading.mts';
import type { ListFacts } from './lists.mts';
import { lists } from './lists.mts';
import type { Safe } from './safe.mts';
import { say } from './safe.mts';
import type { Session } from './session.mts';

/** What one list answered. Missing is what could not be asked for. */
export interface ListReading {
	facts: ListFacts;
	first: Answer;
	last?: Answer;
	/** A page of two. */
	ofTwo?: Answer;
	afterId?: { id: number; answer: Answer };
	single?: { id: number; answer: Answer };
	filters: FilterReading[];
	/** The records of the first and the last page, each once. */
	records: Item[];
}

/** Everything that was read. */
export interface Reading {
	signIn: Answer;
	organisations: Answer;
	organisation: { id: number; others: number[] };
	/** The first list before anything was registered, by a token that registered nothing. */
	unregistered: Answer;
	registration?: Answer;
	withoutToken: Answer;
	bareToken: Answer;
	lists: ListReading[];
	pageAfterLast?: Answer;
	/** GET of a record that nobody has. */
	missing: Answer;
	invoiceById?: Answer;
	boxes?: Answer;
	switching?: { organisation: number; byOtherToken: Answer };
	madeUpRefresh: Answer;
	refresh?: Answer;
	secondRefresh?: Answer;
	/** By the token that was there before the refresh. */
	afterRefresh?: Answer;
}

/** An ID that no account has: the largest that fits into Uphance's database, if it is as small as databases come. */
const unknownId = '2147483647';

export interface Options {
	connection: Connection;
	session: Session;
	/** Whether another organisation of the user may be registered for a moment. */
	switching: boolean;
	/** Tells the user what goes on. */
	progress: (text: Safe) => void;
}

/** Reads all that the check needs, one request at a time. */
export async function readAccount({ connection, session, switching, progress }: Options): Promise<Reading> {
	progress(say`signing in`);
	const signIn = await session.signIn();
	const { answer: organisations, id, others } = await session.chooseOrganisation();
	const unregistered = await connection.get('/sales_orders');
	const current = organisationOf(unregistered);
	const isCurrent = current === id || (others.length === 0 && recordsOf(unregistered, 'sales_orders').length > 0);
	const before = others.find((each) => each === current);
	if (!isCurrent && others.length > 0) {
		progress(
			before === undefined
				? say`choosing the organisation, for whoever else uses this login too; nothing tells which one was chosen before`
				: say`choosing the organisation, for whoever else uses this login too, until the check ends`,
		);
	}
	const registration = isCurrent ? undefined : await session.register(id, before);
	const read: ListReading[] = [];
	for (const facts of lists) {
		progress(facts.plural);
		const known = facts.path === '/sales_orders' && isCurrent ? unregistered : undefined;
		read.push(await readList(connection, facts, known));
	}
	const of = (path: string) => read.find(({ facts }) => facts.path === path);
	const firstId = (path: string) =>
		of(path)
			?.records.map(idOf)
			.find((each) => each !== undefined);
	progress(say`errors`);
	const invoiceId = firstId('/invoices');
	// Before that a pick ticket may not be packed.
	const shipped = of('/pick_tickets')?.records.find(({ status }) => status === 'shipped');
	const ticketId = idOf(shipped) ?? firstId('/pick_tickets');
	const pages = metaOf(of('/sales_orders')?.first, 'total_pages');
	const rest = {
		pageAfterLast: pages ? await connection.get('/sales_orders', { page: String(pages + 1) }) : undefined,
		missing: await connection.get(`/sales_orders/${unknownId}`),
		invoiceById: invoiceId ? await connection.get(`/invoices/${invoiceId}`) : undefined,
		boxes: ticketId ? await connection.get(`/pick_tickets/${ticketId}/box_items`) : undefined,
	};
	const { authorization } = connection;
	connection.authorization = undefined;
	const withoutToken = await connection.get('/organisations');
	connection.authorization = authorization?.replace('Bearer ', '');
	const bareToken = await connection.get('/organisations');
	connection.authorization = authorization;
	const [other] = others;
	const switched = switching && other !== undefined ? await switchOver(connection, session, id, other) : undefined;
	progress(say`tokens`);
	return {
		signIn,
		organisations,
		organisation: { id, others },
		unregistered,
		registration,
		lists: read,
		...rest,
		withoutToken,
		bareToken,
		switching: switched,
		...(await readTokens(connection, session, signIn)),
	};
}

/** Reads what a list says of itself, of its filters, and of one of its records. */
async function readList(connection: Connection, facts: ListFacts, known?: Answer): Promise<ListReading> {
	const { path, listKey, filters } = facts;
	const first = known ?? (await connection.get(path));
	const onFirst = recordsOf(first, listKey);
	const pages = metaOf(first, 'total_pages') ?? 1;
	const last = pages > 1 ? await connection.get(path, { page: String(pages) }) : undefined;
	const onLast = recordsOf(last, listKey).filter(
		({ id }) => id === undefined || !onFirst.some((each) => each.id === id),
	);
	const reading: ListReading = { facts, first, last, filters: [], records: [...onFirst, ...onLast] };
	if (onFirst.length > 2 && facts.pageSize) reading.ofTwo = await connection.get(path, { per_page: '2' });
	const ids = onFirst.map(idOf).filter((id) => id !== undefined);
	// Half of the first page comes after it, if the filter is heeded, and the other half comes too, if it is not.
	const middle = [...ids].sort((a, b) => a - b)[Math.floor((ids.length - 1) / 2)];
	if (facts.sinceId && middle) {
		reading.afterId = { id: middle, answer: await connection.get(path, { since_id: String(middle) }) };
	}
	if (facts.single && middle) reading.single = { id: middle, answer: await connection.get(`${path}/${middle}`) };
	for (const filter of filters) {
		const found =
			filter.kind === 'state'
				? await readState(connection, facts, filter, reading)
				: await readFilter(connection, facts, filter, reading);
		if (found) reading.filters.push(found);
	}
	return reading;
}

/** The organisation that the records of an answer name, if they agree. */
function organisationOf(answer: Answer): number | undefined {
	const ids = new Set(recordsOf(answer, 'sales_orders').map((record) => Number(record.organisation_id)));
	const [id] = ids;
	return ids.size === 1 && Number.isInteger(id) ? id : undefined;
}

/** Registers another organisation by a second token, and looks by the first one. The session puts it back at the end. */
async function switchOver(connection: Connection, session: Session, id: number, other: number) {
	const { authorization } = connection;
	await session.signIn();
	await session.register(other, id);
	const { authorization: second } = connection;
	connection.authorization = authorization;
	const byOtherToken = await connection.get('/sales_orders');
	connection.authorization = second;
	await session.register(id);
	connection.authorization = authorization;
	return { organisation: other, byOtherToken };
}

/** Uses the refresh token, twice: at the end, because the second time may end the session. */
async function readTokens(connection: Connection, session: Session, signIn: Answer) {
	const refreshToken = get(signIn.body, 'refresh_token');
	const madeUpRefresh = await session.refresh('0'.repeat(64));
	if (typeof refreshToken !== 'string') return { madeUpRefresh };
	const { authorization } = connection;
	const refresh = await session.refresh(refreshToken.trim());
	if (!isSuccess(refresh)) return { madeUpRefresh, refresh };
	const { authorization: renewed } = connection;
	connection.authorization = authorization;
	const afterRefresh = await connection.get('/organisations');
	connection.authorization = renewed;
	const secondRefresh = await session.refresh(refreshToken.trim());
	return { madeUpRefresh, refresh, afterRefresh, secondRefresh };
}
