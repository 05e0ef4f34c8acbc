import type { Resource } from '../../operations/operation';
import { toRecords } from '../../output/values';
import { readableResource } from '../../operations/readableResource';
import { getCustomerAddresses, getCustomerContacts } from './loadOptions';
import { customerLookup as findable } from './customer';
import { simplifiedCustomer } from './simplify';

const customers = readableResource({
	option: { name: 'Customer', value: 'customer', description: 'Who orders, with contacts and addresses' },
	lookup: findable,
	idParameter: 'customerId',
	simplify: simplifiedCustomer,
	newestFirst: false,
	label: ({ name, city, customer_type }) => [name, city, customer_type],
	filters: [],
	search: {
		field: {
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. barneys',
			description:
				"Text in name, reference, VAT number or a contact's email. Uphance has no such filter; the node reads the list.",
		},
		values: ({ name, reference, vat_number, people }) => [
			name,
			reference,
			vat_number,
			...toRecords(people).map(({ email }) => email),
		],
	},
});

/** Uphance documents no way to create or change one (uphance-api.md 4.6). */
export const customer: Resource = { ...customers, loadOptions: { getCustomerContacts, getCustomerAddresses } };
