import type { Item } from '../answer.mts';
import { idOf } from '../answer.mts';
import type { ListReading, Reading } from '../reading.mts';
import { Safe, jsonType, say } from '../safe.mts';
import type { Finding } from './finding.mts';
import { notSeen } from './finding.mts';
import { createdAt } from './lists.mts';

/** The facts about values that have a switch of their own in the stand-in. */
export function valueFindings({ lists, organisation }: Reading): Finding[] {
	const of = (path: string) => lists.find(({ facts }) => facts.path === path)?.records ?? [];
	const orders = of('/sales_orders');
	return [
		organisationIds(lists, organisation),
		orderNumbers(orders),
		timestamps(lists),
		creation(orders),
		seasonIds(of('/products')),
		skuIds(of('/skus')),
		separators(lists, 'invoice_numbers', say`Several invoice numbers of an order`),
		separators(lists, 'shipment_numbers', say`Several shipment numbers of an order`),
	];
}

function organisationIds(lists: ListReading[], { id, others }: Reading['organisation']): Finding {
	const fact = say`organisation_id of records`;
	const ids = lists.flatMap(({ records }) => records.flatMap((record) => record.organisation_id ?? []));
	const different = new Set(ids.map(String));
	if (ids.length === 0) return notSeen(fact, say`no records have one`);
	if (different.size === 1 && different.has(String(id))) {
		return { fact, verdict: 'fits', seen: say`the ID of the organisation`, sets: { organisationId: 'organisation' } };
	}
	const means =
		others.length > 0
			? say`The nodes cannot see by it that somebody switched the organisation. Use one Uphance user for each organisation.`
			: say`The nodes cannot see by it that somebody switched the organisation. This user has only one.`;
	const isOne = different.size === 1;
	return {
		fact,
		verdict: others.length > 0 ? 'matters' : 'differs',
		seen: isOne ? say`one other number` : say`different numbers`,
		means,
		sets: { organisationId: isOne ? 'other' : 'record' },
	};
}

function orderNumbers(orders: Item[]): Finding {
	const fact = say`order_number of a sales order`;
	const types = new Set(orders.map(({ order_number }) => jsonType(order_number)));
	if (types.size === 0) return notSeen(fact, say`there are none`);
	const isText = types.has('string');
	const seen = Safe.join(orders.length > 0 ? uniqueTypes(orders.map(({ order_number }) => order_number)) : []);
	if (isText) return { fact, verdict: 'fits', seen, sets: { orderNumber: 'text' } };
	return {
		fact,
		verdict: 'differs',
		seen,
		means: say`Nothing: simplified items have text either way.`,
		sets: { orderNumber: 'number' },
	};
}

const uniqueTypes = (values: unknown[]): Safe[] => [
	...new Map(values.map((value) => [jsonType(value), Safe.type(value)])).values(),
];

function timestamps(lists: ListReading[]): Finding {
	const fact = say`Times`;
	const all = lists.flatMap(({ records }) => records.flatMap(({ created_at, updated_at }) => [created_at, updated_at]));
	const texts = all.filter((text) => typeof text === 'string');
	if (texts.length === 0) return notSeen(fact, say`no records have one`);
	const byForm = new Map(texts.map((text) => [String(Safe.form(text)), text]));
	const seen = Safe.join([...byForm.values()].map(Safe.form), '; ');
	if (texts.some((text) => Number.isNaN(Date.parse(text)))) {
		const means = say`The nodes cannot read some of them: filters by time leave these records out.`;
		return { fact, verdict: 'matters', seen, means };
	}
	// Uphance's own examples mix them, so most of them count.
	const isMostlyZ = texts.filter((text) => text.endsWith('Z')).length * 2 > texts.length;
	if (isMostlyZ) return { fact, verdict: 'fits', seen, sets: { timestamps: 'Z' } };
	const means = say`Nothing: the nodes read every offset.`;
	return { fact, verdict: 'differs', seen, means, sets: { timestamps: '+00:00' } };
}

function creation(orders: Item[]): Finding {
	const fact = say`created_at of sales orders, by ID`;
	const sorted = [...orders].sort((a, b) => (idOf(a) ?? 0) - (idOf(b) ?? 0));
	const moments = sorted.map(createdAt).filter((moment) => !Number.isNaN(moment));
	if (moments.length < 2) return notSeen(fact, say`fewer than two`);
	const falls = moments.slice(1).filter((moment, index) => moment < (moments[index] ?? 0)).length;
	const share = falls / (moments.length - 1);
	// A few that were imported with an old date stay on a page with others of their age.
	if (share < 0.1) {
		const seen = falls === 0 ? say`ascends` : say`ascends, with exceptions`;
		return { fact, verdict: 'fits', seen, sets: { createdAt: 'ascending' } };
	}
	const means = say`'Created After' and 'Created Before' read all pages of sales orders: as slow as Return All.`;
	const seen = share > 0.9 ? say`descends` : say`in no order`;
	return { fact, verdict: 'matters', seen, means, sets: { createdAt: share > 0.9 ? 'descending' : 'shuffled' } };
}

function seasonIds(products: Item[]): Finding {
	const fact = say`season_id of a product`;
	const ids = products.map(({ season_id }) => season_id).filter((id) => id !== undefined && id !== null);
	if (ids.length === 0) return notSeen(fact, say`no product has one`);
	const seen = Safe.join(uniqueTypes(ids));
	if (ids.every((id) => Array.isArray(id))) return { fact, verdict: 'fits', seen, sets: { seasonId: 'list' } };
	return {
		fact,
		verdict: 'differs',
		seen,
		means: say`Nothing: simplified items have a list either way.`,
		sets: { seasonId: 'number' },
	};
}

function skuIds(skus: Item[]): Finding {
	const fact = say`IDs of a SKU in its list`;
	if (skus.length === 0) return notSeen(fact, say`there are none`);
	const has = (name: string) => skus.some((sku) => sku[name] !== undefined && sku[name] !== null);
	if (has('id') && has('product_id') && has('variation_id')) {
		return { fact, verdict: 'fits', seen: say`its own, product and variation`, sets: { skuIds: 'all' } };
	}
	const means = say`SKU > Get does not say which product it belongs to. New orders take their IDs from the products, by 'SKU Number' or 'EAN' of a row.`;
	const seen = has('id') ? say`its own only` : say`none`;
	return { fact, verdict: 'differs', seen, means, sets: { skuIds: has('id') ? 'id' : 'none' } };
}

function separators(lists: ListReading[], field: string, fact: Safe): Finding {
	const texts = lists.flatMap(({ records }) => records.flatMap((record) => record[field] ?? [])).map(String);
	const between = texts.flatMap((text) => /^\d+(\D+)\d+/.exec(text)?.[1] ?? []);
	if (between.length === 0) return notSeen(fact, say`no order has several`);
	const found = [...new Set(between)].flatMap((text) => Safe.separator(text) ?? []);
	return {
		fact,
		verdict: 'fits',
		seen: found.length > 0 ? say`between them: ${Safe.join(found, ' ')}` : say`something else than punctuation`,
	};
}
