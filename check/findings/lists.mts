import type { Answer, Item } from '../answer.mts';
import { get, idOf, isObject, isSuccess, metaOf, recordsOf } from '../answer.mts';
import { recordErrors } from '../description/uphanceApi.mts';
import type { ListReading, Reading } from '../reading.mts';
import { Safe, say } from '../safe.mts';
import type { Finding } from './finding.mts';
import { notSeen } from './finding.mts';

/** How lists come: envelope, pages, order, and whether they heed per_page and since_id. */
export const listFindings = (reading: Reading): Finding[] => [
	...reading.lists.flatMap(ofList),
	...afterLast(reading.pageAfterLast, reading.lists),
];

function ofList(list: ListReading): Finding[] {
	const answered = envelope(list);
	if (answered.verdict !== 'fits' && list.records.length === 0) return [answered];
	return [answered, ...pages(list), ...order(list), ...perPage(list), ...sinceId(list)];
}

/** How an answer without records came. */
export const describeFailure = ({ status, form }: Answer): Safe =>
	status === 0 ? say`no answer` : Safe.join([Safe.constant(status, 'status'), forms[form]], ' ');

const forms: Record<Answer['form'], Safe> = {
	json: say`with JSON`,
	html: say`with a web page`,
	text: say`with text`,
	empty: say`without a body`,
	none: say`without a body`,
};

function envelope({ facts, first, records }: ListReading): Finding {
	const { plural, listKey } = facts;
	const fact = say`${plural}: list`;
	if (!isSuccess(first)) {
		const means = say`Get Many of ${plural} fails. If the user's role in Uphance may not see them, that is right.`;
		return { fact, verdict: 'matters', seen: describeFailure(first), means };
	}
	if (!Array.isArray(get(first.body, listKey))) {
		const seen = isObject(first.body) ? say`the records come under another name` : say`JSON, but not as described`;
		return {
			fact,
			verdict: 'matters',
			seen,
			means: say`Get Many of ${plural} fails: the node finds no list in the answer.`,
		};
	}
	if (records.length === 0) return notSeen(fact, say`there are none`);
	const total = metaOf(first, 'total_count') ?? records.length;
	return { fact, verdict: 'fits', seen: say`as described, ${Safe.count(total)}` };
}

function pages({ facts, first, last, records }: ListReading): Finding[] {
	const { plural, path, pageSize } = facts;
	const fact = say`${plural}: pages`;
	const meta = get(first.body, 'meta');
	if (!pageSize) {
		const hasMore = metaOf(first, 'next_page') !== undefined;
		if (meta === undefined) return [{ fact, verdict: 'fits', seen: say`none: the list comes whole` }];
		const seen = hasMore ? say`the list has pages` : say`meta, and one page`;
		return [{ fact, verdict: 'differs', seen, means: say`Nothing: the node follows next_page.` }];
	}
	if (meta === undefined) {
		const means = say`Get Many of ${plural} returns the first page only. If there are more, they are missing.`;
		return [{ fact, verdict: 'matters', seen: say`no meta`, means, setsOfList: { path, switches: { meta: false } } }];
	}
	const errors = recordErrors('Meta', meta);
	if (errors.length > 0) {
		const canGoOn = metaOf(first, 'total_pages') !== undefined || (isObject(meta) && 'next_page' in meta);
		const means = canGoOn
			? say`The node goes on by what is left.`
			: say`Get Many of ${plural} returns the first page only. If there are more, they are missing.`;
		return [{ fact, verdict: canGoOn ? 'differs' : 'matters', seen: say`meta is not as described`, means }];
	}
	if (last && isSame(first, last, facts.listKey)) {
		const means = say`Return All of ${plural} fails or never gets beyond the first page.`;
		return [{ fact, verdict: 'matters', seen: say`page is ignored`, means }];
	}
	if (metaOf(first, 'next_page') === undefined) {
		return records.length === 0 ? [] : [{ fact, verdict: 'fits', seen: say`meta as described, one page` }];
	}
	const size = recordsOf(first, facts.listKey).length;
	const seen = say`meta as described, ${Safe.constant(size, 'on a page')}`;
	if (size === pageSize) return [{ fact, verdict: 'fits', seen }];
	const means = say`Nothing: the node follows next_page. The number of requests is another one.`;
	return [{ fact, verdict: 'differs', seen, means, setsOfList: { path, switches: { perPage: size } } }];
}

/** Whether two pages begin with the same record. */
function isSame(one: Answer, other: Answer, listKey: string): boolean {
	const [a, b] = [one, other].map((answer) => idOf(recordsOf(answer, listKey)[0]));
	return a !== undefined && a === b;
}

function order({ facts, records }: ListReading): Finding[] {
	const { plural, path, pageSize } = facts;
	if (!pageSize) return [];
	const fact = say`${plural}: order of the list`;
	const ids = records.map(idOf).filter((id) => id !== undefined);
	if (records.length > 0 && ids.length === 0) return [notSeen(fact, say`the records have no ID`)];
	if (ids.length < 2) return [notSeen(fact, say`fewer than two`)];
	const byId = direction(ids);
	if (byId === 'ascending') return [{ fact, verdict: 'fits', seen: say`IDs ascend` }];
	if (byId === 'descending') {
		const means = say`Newest First begins at the first page. Return All goes on by page number: what is created meanwhile cannot push a record out, but costs a request.`;
		const switches = { listOrder: 'descending' } as const;
		return [{ fact, verdict: 'differs', seen: say`IDs descend`, means, setsOfList: { path, switches } }];
	}
	const switches = { listOrder: 'shuffled' } as const;
	const byDate = direction(records.map(createdAt).filter((moment) => !Number.isNaN(moment)));
	if (byDate && records.some((record) => !Number.isNaN(createdAt(record)))) {
		const means = say`Newest First goes by created_at.`;
		return [{ fact, verdict: 'differs', seen: say`by created_at, not by ID`, means, setsOfList: { path, switches } }];
	}
	const means = say`Get Many with a Limit reads all pages of ${plural} and sorts them by ID: as slow as Return All.`;
	return [
		{ fact, verdict: 'matters', seen: say`neither by ID nor by created_at`, means, setsOfList: { path, switches } },
	];
}

export const createdAt = (record: Item): number => Date.parse(String(record.created_at));

/** How numbers follow each other; undefined for neither way. */
function direction(numbers: number[]): 'ascending' | 'descending' | undefined {
	const steps = numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0));
	if (steps.every((step) => step >= 0)) return 'ascending';
	return steps.every((step) => step <= 0) ? 'descending' : undefined;
}

function perPage({ facts, ofTwo }: ListReading): Finding[] {
	const { plural, path, listKey, takesPerPage = false } = facts;
	if (!facts.pageSize) return [];
	const fact = say`${plural}: per_page`;
	if (!ofTwo) return [notSeen(fact, say`fewer than three`)];
	if (!isSuccess(ofTwo))
		return [{ fact, verdict: 'differs', seen: describeFailure(ofTwo), means: say`Nothing: the nodes do not use it.` }];
	const isHeeded = recordsOf(ofTwo, listKey).length === 2;
	const seen = isHeeded ? say`heeded` : say`ignored`;
	if (isHeeded === takesPerPage) return [{ fact, verdict: 'fits', seen }];
	const setsOfList = { path, switches: { takesPerPage: isHeeded } };
	return [{ fact, verdict: 'differs', seen, means: say`Nothing: the nodes do not use it.`, setsOfList }];
}

function sinceId({ facts, afterId }: ListReading): Finding[] {
	const { plural, path, listKey } = facts;
	if (!facts.sinceId) return [];
	const fact = say`${plural}: since_id`;
	if (!afterId) return [notSeen(fact, say`there are none`)];
	const { id, answer } = afterId;
	const ids = recordsOf(answer, listKey).map((record) => idOf(record) ?? 0);
	const after = ids.filter((each) => each > id);
	if (!isSuccess(answer) || ids.length > after.length + (ids.includes(id) ? 1 : 0)) {
		const seen = isSuccess(answer) ? say`ignored` : describeFailure(answer);
		const means = say`'After ID' is applied by the node, which reads the list from its start. The polling trigger reads from the end of the list.`;
		return [{ fact, verdict: 'matters', seen, means, setsOfList: { path, switches: { ignoresSinceId: true } } }];
	}
	if (!ids.includes(id)) return [{ fact, verdict: 'fits', seen: say`heeded, without the record itself` }];
	return [
		{
			fact,
			verdict: 'differs',
			seen: say`heeded, with the record itself`,
			means: say`Nothing: the node leaves it out.`,
		},
	];
}

function afterLast(answer: Answer | undefined, [orders]: ListReading[]): Finding[] {
	const fact = say`A page after the last one`;
	if (!answer) {
		const isEmpty = orders?.records.length === 0;
		return [
			notSeen(fact, isEmpty ? say`there are no sales orders` : say`sales orders do not say how many pages there are`),
		];
	}
	if (!isSuccess(answer))
		return [{ fact, verdict: 'differs', seen: describeFailure(answer), means: say`Nothing: the nodes ask for none.` }];
	if (recordsOf(answer, 'sales_orders').length === 0) return [{ fact, verdict: 'fits', seen: say`is empty` }];
	return [{ fact, verdict: 'differs', seen: say`has records`, means: say`Nothing: the nodes ask for none.` }];
}
