import type { LookupConfig, ListLookup } from '../../parameters/locator';
import { toRecords } from '../../output/values';
import { fetchAll } from '../../methods/loadOptions';
import type { RecordType } from '../../transport/recordType';

const recordType: RecordType = {
	path: '/customers',
	listKey: 'customers',
	singularKey: 'customer',
	singular: 'customer',
	plural: 'customers',
	example: '55140',
};

/** Reads the whole list once per execution: no filter is known (docs/uphance.openapi.yaml: GET /customers). */
const fromWholeList: Pick<ListLookup, 'loadAll' | 'whenMissing'> = {
	loadAll: async (client) => await client.cached('customers', async () => await fetchAll(client, recordType)),
	whenMissing:
		'This node cannot create customers, because Uphance has not documented how. Create the customer in Uphance first.',
};

const hint = 'The node reads the list of customers once per run';

/** The ways to find a customer. */
export const customerLookup: LookupConfig = {
	recordType,
	label: 'Customer',
	listSearchMethod: 'searchCustomers',
	lookups: [
		{
			...fromWholeList,
			mode: { displayName: 'By Email', name: 'email', placeholder: 'e.g. jo@example.com', hint },
			label: 'email',
			predicate: 'a contact with the email',
			values: ({ people }) => toRecords(people).map(({ email }) => email),
			whenSeveral: 'Choose one by ID or by reference.',
		},
		{
			...fromWholeList,
			mode: { displayName: 'By Reference', name: 'reference', placeholder: 'e.g. C-1000', hint },
			label: 'reference',
			predicate: 'the reference',
			values: ({ reference }) => [reference],
			whenSeveral: 'Choose one by ID.',
		},
		{
			...fromWholeList,
			mode: { displayName: 'By Name', name: 'name', placeholder: 'e.g. Barneys', hint },
			label: 'name',
			predicate: 'the name',
			values: ({ name }) => [name],
			whenSeveral: 'Choose one by ID or by reference.',
		},
	],
	describe: ({ name }) => String(name),
};
