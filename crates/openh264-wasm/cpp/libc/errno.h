// Included upstream, nothing of it used in what is compiled here.
#pragma once
