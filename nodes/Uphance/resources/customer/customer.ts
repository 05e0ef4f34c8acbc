import type { IDataObject } from 'n8n-workflow';
import { listFinder } from '../../operations/listFinder';
import type { SearchableList } from '../../operations/listReading';
import { normalize, toRecords } from '../../output/values';
import type { ListLookup, LookupConfig } from '../../parameters/locator';
import type { RecordType } from '../../transport/recordType';

const recordType: RecordType = {
	path: '/customers',
	listKey: 'customers',
	singularKey: 'customer',
	singular: 'customer',
	plural: 'customers',
	example: '55140',
};

type CustomerField = 'email' | 'reference' | 'name';

/** No filter of the list is known (docs/uphance.openapi.yaml: GET /customers). */
const customers: SearchableList<IDataObject, CustomerField> = {
	recordType,
	entries: (customer) => [customer],
	texts: {
		email: ({ people }) => toRecords(people).map(({ email }) => normalize(email)),
		reference: ({ reference }) => [normalize(reference)],
		name: ({ name }) => [normalize(name)],
	},
};

const findBy = (field: CustomerField): Pick<ListLookup, 'find' | 'whenMissing'> => ({
	find: async (client, value) => await (await listFinder(client, customers)).find(field, normalize(value)),
	whenMissing: async (client) =>
		[
			(await listFinder(client, customers)).describeReading(),
			'This node cannot create customers, because Uphance has not documented how. Create the customer in Uphance first.',
		]
			.filter(Boolean)
			.join(' '),
});

const hint = 'The first look-up of a day reads the list of customers. Later ones need one request.';

/** The ways to find a customer. */
export const customerLookup: LookupConfig = {
	recordType,
	label: 'Customer',
	listSearchMethod: 'searchCustomers',
	lookups: [
		{
			...findBy('email'),
			mode: { displayName: 'By Email', name: 'email', placeholder: 'e.g. jo@example.com', hint },
			label: 'email',
			predicate: 'a contact with the email',
			whenSeveral: 'Choose one by ID or by reference.',
		},
		{
			...findBy('reference'),
			mode: { displayName: 'By Reference', name: 'reference', placeholder: 'e.g. C-1000', hint },
			label: 'reference',
			predicate: 'the reference',
			whenSeveral: 'Choose one by ID.',
		},
		{
			...findBy('name'),
			mode: { displayName: 'By Name', name: 'name', placeholder: 'e.g. Barneys', hint },
			label: 'name',
			predicate: 'the name',
			whenSeveral: 'Choose one by ID or by reference.',
		},
	],
	describe: ({ name }) => String(name),
};
