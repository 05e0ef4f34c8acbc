import type { IDataObject } from 'n8n-workflow';
import { firstNonBlank, orNull, toRecords } from '../../output/values';

/** The ten fields of a customer that the next node usually needs; email and phone of the first contact that has one (users.md B2). */
export function simplifiedCustomer(customer: IDataObject): IDataObject {
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
