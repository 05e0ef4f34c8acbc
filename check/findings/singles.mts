import type { Answer, Item } from '../answer.mts';
import { get, idOf, isObject, isSuccess } from '../answer.mts';
import type { ListReading, Reading } from '../reading.mts';
import { Safe, say } from '../safe.mts';
import type { Vocabulary } from '../vocabulary.mts';
import type { Finding } from './finding.mts';
import { notSeen } from './finding.mts';
import { describeFailure } from './lists.mts';

type Envelope = 'singular' | 'plural' | 'list' | 'bare';

/** In what one record comes, and whether invoices and boxes can be asked for. */
export const singleFindings = ({ lists, invoiceById, boxes }: Reading, vocabulary: Vocabulary): Finding[] => [
	...lists.filter(({ facts }) => facts.single).map((list) => ofList(list, vocabulary)),
	byId(invoiceById),
	ofBoxes(boxes),
];

function ofList({ facts, single, records }: ListReading, vocabulary: Vocabulary): Finding {
	const { path, plural } = facts;
	const fact = say`${plural}: GET of one`;
	if (!single) return notSeen(fact, say`there are none`);
	const fails = say`Get fails for ${plural}, and with it Fetch Record of the trigger.`;
	if (!isSuccess(single.answer)) {
		return { fact, verdict: 'matters', seen: describeFailure(single.answer), means: fails };
	}
	const found = unwrap(single.answer, facts);
	if (!found) return { fact, verdict: 'matters', seen: say`in an envelope that nobody knew`, means: fails };
	if (idOf(found.record) !== single.id)
		return { fact, verdict: 'matters', seen: say`another record than the one asked for`, means: fails };
	const seen = envelopes[found.envelope];
	const inList = records.find((record) => idOf(record) === single.id) ?? {};
	const missing = Object.keys(inList).filter((name) => !Object.hasOwn(found.record, name));
	if (missing.length > 0) {
		const names = Safe.join(missing.map((name) => vocabulary.name(name)));
		const isNeeded = missing.some((name) => facts.used.includes(name));
		const means = say`Get of ${plural} has less than Get Many.`;
		return { fact, verdict: isNeeded ? 'matters' : 'differs', seen: say`${seen}, without ${names}`, means };
	}
	if (found.envelope === facts.single) return { fact, verdict: 'fits', seen };
	const means = say`Nothing: the node reads this envelope too.`;
	return { fact, verdict: 'differs', seen, means, setsOfList: { path, switches: { single: found.envelope } } };
}

const envelopes = {
	singular: say`under its singular name`,
	plural: say`under its plural name`,
	list: say`under its plural name, in a list`,
	bare: say`without an envelope`,
};

function unwrap(
	{ body }: Answer,
	{ singularKey, listKey }: ListReading['facts'],
): { envelope: Envelope; record: Item } | undefined {
	const [singular, plural] = [get(body, singularKey), get(body, listKey)];
	if (isObject(singular)) return { envelope: 'singular', record: singular };
	if (isObject(plural)) return { envelope: 'plural', record: plural };
	const only: unknown = Array.isArray(plural) && plural.length === 1 ? plural[0] : undefined;
	if (isObject(only)) return { envelope: 'list', record: only };
	return isObject(body) && 'id' in body ? { envelope: 'bare', record: body } : undefined;
}

function byId(answer: Answer | undefined): Finding {
	const fact = say`invoices: GET /invoices/{id}`;
	if (!answer) return notSeen(fact, say`there are none`);
	if (!isSuccess(answer)) return { fact, verdict: 'fits', seen: describeFailure(answer), sets: { invoiceById: false } };
	const means = say`Nothing: the node takes one invoice from the list.`;
	return { fact, verdict: 'differs', seen: say`exists`, means, sets: { invoiceById: true } };
}

function ofBoxes(answer: Answer | undefined): Finding {
	const fact = say`pick tickets: boxes`;
	if (!answer) return notSeen(fact, say`there are none`);
	const list = get(answer.body, 'shipment_boxes');
	if (isSuccess(answer) && Array.isArray(list)) {
		return { fact, verdict: 'fits', seen: list.length > 0 ? say`as described` : say`an empty list` };
	}
	const means = say`Pick Ticket > Get Boxes fails.`;
	return { fact, verdict: 'matters', seen: isSuccess(answer) ? say`another answer` : describeFailure(answer), means };
}
