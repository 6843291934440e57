Invariant: meso-bsn-11
Description: "Een BSN heeft negen cijfers, is niet geheel nul en voldoet aan de elfproef."
Severity: #error
Expression: "value.exists() implies (value.matches('^[0-9]{9}$') and value != '000000000' and ((value.substring(0,1).toInteger() * 9 + value.substring(1,1).toInteger() * 8 + value.substring(2,1).toInteger() * 7 + value.substring(3,1).toInteger() * 6 + value.substring(4,1).toInteger() * 5 + value.substring(5,1).toInteger() * 4 + value.substring(6,1).toInteger() * 3 + value.substring(7,1).toInteger() * 2 - value.substring(8,1).toInteger()) mod 11 = 0))"
