import { listSearch } from '../../operation/listSearch';
import { isRecord } from '../../transport/failure';
import { customer } from './customer';

/** "Barneys · New York · wholesale"; also found by reference and by the email of a contact (uphance-api.md 4.6). */
export const searchCustomers = listSearch({
	kind: customer,
	newestFirst: false,
	label: ({ name, city, customer_type }) => [name, city, customer_type].filter(Boolean).join(' · '),
	alsoSearched: ({ reference, people }) => [
		reference,
		...(Array.isArray(people) ? people.map((each) => isRecord(each) && each.email) : []),
	],
});
