import type { FilterReading } from '../filterReading.mts';
import type { ListReading } from '../reading.mts';
import { Safe, say } from '../safe.mts';
import type { Finding } from './finding.mts';
import { notSeen } from './finding.mts';
import { describeFailure } from './lists.mts';

/** Whether each filter is heeded, and how. */
export const filterFindings = (lists: ListReading[]): Finding[] => lists.flatMap(ofList);

function ofList(list: ListReading): Finding[] {
	const { facts, filters, first } = list;
	if (first.status !== 200) return [];
	const found = facts.filters.map((filter) => {
		const reading = filters.find((each) => each.filter === filter);
		const fact = say`${facts.plural}: ${filterNames[filter.name] ?? say`a filter`}`;
		return reading
			? judge(fact, reading)
			: notSeen(fact, list.records.length === 0 ? say`there are none` : say`no two records that differ in it`);
	});
	const isEachIgnored = filters.length > 0 && filters.every(({ heeding }) => heeding === 'ignored');
	const setsOfList = { path: facts.path, switches: { ignoresFilters: true } };
	return isEachIgnored ? found.map((each) => (each.verdict === 'matters' ? { ...each, setsOfList } : each)) : found;
}

/** As the description has them; written here so that they count as words of this program. */
const filterNames: Record<string, Safe> = {
	by_order_number: say`by_order_number`,
	by_purchase_order_ref: say`by_purchase_order_ref`,
	by_shipment_number: say`by_shipment_number`,
	'filter[product_identifier]': say`filter[product_identifier]`,
	'filter[ean]': say`filter[ean]`,
	invoice_id: say`invoice_id`,
	since_created_at: say`since_created_at`,
	'filter[warehouse_name]': say`filter[warehouse_name]`,
	by_order_id: say`by_order_id`,
	order_id: say`order_id`,
	by_production_order_id: say`by_production_order_id`,
	by_q: say`by_q`,
	'by_invoice_state[]': say`by_invoice_state[]`,
};

function judge(fact: Safe, { filter, heeding, answers }: FilterReading): Finding {
	const { label, lookup } = filter;
	const isReference = filter.name === 'by_purchase_order_ref';
	const ofMany = label ? say`Get Many with '${label}'` : undefined;
	switch (heeding) {
		case 'heeded': {
			const sets = isReference ? { referenceFilter: 'exact' as const } : undefined;
			const seen = filter.part === true && answers.length > 1 ? say`heeded, the whole value` : say`heeded`;
			return { fact, verdict: 'fits', seen, sets };
		}
		case 'part': {
			if (filter.part === 'documented') return { fact, verdict: 'fits', seen: say`heeded, also a part of the value` };
			const means = Safe.join(
				[
					say`${ofMany ?? say`A look-up`} also returns records that only contain the value.`,
					...(lookup ? [say`'${lookup}' compares the whole value, and is right.`] : []),
				],
				' ',
			);
			const sets = isReference ? { referenceFilter: 'contains' as const } : undefined;
			return { fact, verdict: 'differs', seen: say`heeded, also a part of the value`, means, sets };
		}
		case 'ignored': {
			const means = Safe.join(
				[
					...(ofMany ? [say`${ofMany} returns everything.`] : []),
					...(lookup
						? [say`'${lookup}' compares the value itself and is right, but reads the whole list for it.`]
						: []),
				],
				' ',
			);
			return { fact, verdict: 'matters', seen: say`ignored`, means };
		}
		case 'finds nothing': {
			const means = say`${ofMany ?? say`The look-up`} finds nothing${lookup ? say`, and '${lookup}' neither` : say``}.`;
			return { fact, verdict: 'matters', seen: say`does not find a record that has the value`, means };
		}
		case 'refused': {
			const [answer] = answers;
			const seen = answer ? describeFailure(answer) : say`no answer`;
			return { fact, verdict: 'matters', seen, means: say`${ofMany ?? say`The look-up`} fails.` };
		}
	}
}
