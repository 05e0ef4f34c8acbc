/** Whether a text occurs in one of several values, in whatever case. @param lowerCaseText in lower case */
export const includesText = (values: unknown[], lowerCaseText: string): boolean =>
	values.some((value) =>
		String(value ?? '')
			.toLowerCase()
			.includes(lowerCaseText),
	);
