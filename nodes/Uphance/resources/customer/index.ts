import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../../operations/operation';
import { readableResource } from '../../operations/readableResource';
import { firstNonBlank, orNull, toRecords } from '../../output/values';
import { customerLookup } from './customer';
import { getCustomerAddresses, getCustomerContacts } from './loadOptions';

/**
 * Returns the ten fields of a customer that the next node usually needs. Email and phone are those of the first contact
 * that has one.
 */
function simplifiedCustomer(customer: IDataObject): IDataObject {
	const people = toRecords(customer.people);
	return {
		id: orNull(customer.id),
		name: orNull(customer.name),
		reference: orNull(customer.reference),
		customer_type: orNull(customer.customer_type),
		email: firstNonBlank(people.map(({ email }) => email)),
		phone: firstNonBlank(people.flatMap(({ phone_1, phone_2 }) => [phone_1, phone_2])),
		city: orNull(customer.city),
		country: orNull(customer.country),
		channel_name: orNull(customer.channel_name),
		currency: orNull(customer.currency),
	};
}

const customers = readableResource({
	option: { name: 'Customer', value: 'customer', description: 'Company that orders, with contacts and addresses' },
	lookup: customerLookup,
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
				"Text in name, reference, VAT number or a contact's email. Uphance has no such filter, so the node reads the whole list.",
		},
		values: ({ name, reference, vat_number, people }) => [
			name,
			reference,
			vat_number,
			...toRecords(people).map(({ email }) => email),
		],
	},
});

/** The resource Customer. No request that creates or changes a customer is known (docs/api.md). */
export const customer: Resource = { ...customers, loadOptions: { getCustomerContacts, getCustomerAddresses } };
