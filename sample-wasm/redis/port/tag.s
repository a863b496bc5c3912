# The exception that longjmp throws: one pointer. C cannot declare it.
	.tagtype __c_longjmp i32
	.globl __c_longjmp
__c_longjmp:
