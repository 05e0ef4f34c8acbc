import type { Findable, ListLookup } from '../../parameters/findable';
import { records } from '../../output/values';
import { everyRecordOf } from '../../methods/loadOptions';
import { oncePerExecution } from '../../transport/memoize';
import type { RecordKind } from '../../transport/recordType';

const kind: RecordKind = {
	path: '/customers',
	listKey: 'customers',
	key: 'customer',
	singular: 'customer',
	plural: 'customers',
	example: '55140',
};

/** No filter of the list is known (uphance-api.md 4.6). */
const readWhole: Pick<ListLookup, 'among' | 'whenMissing'> = {
	among: oncePerExecution(async (uphance) => await everyRecordOf(uphance, kind)),
	whenMissing:
		'This node cannot create customers, because Uphance has not documented how. Create the customer in Uphance first.',
};

const hint = 'The list of customers is read once for each run';

export const customer: Findable = {
	kind,
	label: 'Customer',
	search: 'searchCustomers',
	lookups: [
		{
			...readWhole,
			mode: { displayName: 'By Email', name: 'email', placeholder: 'e.g. jo@example.com', hint },
			words: 'email',
			has: 'a contact with the email',
			texts: ({ people }) => records(people).map(({ email }) => email),
			whenSeveral: 'Choose one by ID or by reference.',
		},
		{
			...readWhole,
			mode: { displayName: 'By Reference', name: 'reference', placeholder: 'e.g. C-1000', hint },
			words: 'reference',
			has: 'the reference',
			texts: ({ reference }) => [reference],
			whenSeveral: 'Choose one by ID.',
		},
		{
			...readWhole,
			mode: { displayName: 'By Name', name: 'name', placeholder: 'e.g. Barneys', hint },
			words: 'name',
			has: 'the name',
			texts: ({ name }) => [name],
			whenSeveral: 'Choose one by ID or by reference.',
		},
	],
	named: ({ name }) => String(name),
};
