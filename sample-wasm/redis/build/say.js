'use strict';

exports.say = (sentence) => console.log(`redis: ${sentence}`);
